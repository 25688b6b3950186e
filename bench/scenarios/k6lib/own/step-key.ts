/** What a request is called in tables; requests with different names are never summarised together. */
export interface NamedRequest {
  readonly method: string;
  readonly url: string;
  /** The `name` tag, or that of an `http.url` template. */
  readonly name?: string | undefined;
  /** The groups around it, the outermost first. */
  readonly groups: readonly string[];
  /** The base URL of the target: what it has in common with the URL is left out, as it differs between targets. */
  readonly base: string;
}

/** The name, else the method and the URL without query; the groups before it, as k6 joins them. */
export function stepKey({ method, url, name, groups, base }: NamedRequest): string {
  const shown =
    name === undefined || name === ''
      ? nameless(method, url, base)
      : // A template whose base URL is a value of it.
        withoutBase(name, base).replace(/^\$\{\}(?=\/)/, '');
  return [...groups, shown].join(' :: ');
}

function nameless(method: string, url: string, base: string): string {
  const path = withoutBase(url.replace(/[?#].*$/s, ''), base);
  return method === 'GET' ? path : `${method} ${path}`;
}

function withoutBase(address: string, base: string): string {
  // A password is for no table.
  const url = address.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
  const origin = originOf(base);
  if (origin === '' || !url.startsWith(origin)) return url;
  const rest = url.slice(origin.length);
  if (rest === '') return '/';
  // Of another port or host that begins alike.
  return /^[/?#]/.test(rest) ? rest : url;
}

/** k6 has no URL class. */
const originOf = (url: string): string => /^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? '';
