/**
 * A URL as the URL standard serialises it, without its fragment: so it is sent. An origin alone stays without a slash,
 * because scripts put their paths behind it. Undefined if the text is no URL.
 */
export function targetUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  url.hash = '';
  const isOrigin = url.pathname === '/' && url.search === '' && !/\/[\s]*(?:[?#]|$)/.test(text);
  return isOrigin ? url.href.replace(/\/$/, '') : url.href;
}

/** A serialised URL as people write it: `käse brot`, not `k%C3%A4se%20brot`. For showing only. */
export function readableUrl(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
