/** The path of an app, or of what is in it; with a query, whose empty values are left out. */
export function appPath(
  parts: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string {
  const said = Object.entries(query).filter(([, value]) => value !== '');
  const text = new URLSearchParams(Object.fromEntries(said)).toString();
  const path = ['/v1/apps', ...parts.map(encodeURIComponent)].join('/');
  return text === '' ? path : `${path}?${text}`;
}
