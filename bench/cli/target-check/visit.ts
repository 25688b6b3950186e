import type { Answer, Asker } from './asker.ts';

/** One request as a visitor's browser makes it: every redirect followed. */
export interface Visit {
  /** The answers in their order; all but the last redirect. */
  readonly answers: readonly [Answer, ...Answer[]];
  /** Where the last of them came from. */
  readonly url: string;
  /** It was still redirected after as many redirects as k6 follows. */
  readonly isEndless: boolean;
}

/** As many as k6 follows. */
export const mostRedirects = 10;

/** Follows redirects with the cookies that they set. Throws if one of the requests has no answer. */
export async function visit(asker: Asker, url: string, signal: AbortSignal): Promise<Visit> {
  const jar = new Map<string, Map<string, string>>();
  const first = await asker.ask(url, undefined, signal);
  const answers: [Answer, ...Answer[]] = [first];
  let at = url;
  for (let last: Answer = first; ;) {
    const to = redirectOf(last, at);
    if (to === undefined) return { answers, url: at, isEndless: false };
    if (answers.length > mostRedirects) return { answers, url: at, isEndless: true };
    keepCookies(jar, at, last);
    const next = await asker
      .ask(to, cookiesFor(jar, to), signal)
      .catch((cause: unknown) => Promise.reject(new LedAstray(to, answers, cause)));
    answers.push(next);
    [last, at] = [next, to];
  }
}

/** A redirect was followed to where nothing answers. */
export class LedAstray extends Error {
  readonly to: string;
  readonly answers: readonly [Answer, ...Answer[]];

  constructor(to: string, answers: readonly [Answer, ...Answer[]], cause: unknown) {
    super(`${to} does not answer`, { cause });
    this.to = to;
    this.answers = [...answers];
  }
}

/** Where an answer sends the visitor on to, absolute; undefined if it does not. */
export function redirectOf({ status, headers }: Answer, from: string): string | undefined {
  const [location] = [headers['location']].flat();
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  return URL.canParse(location, from) && /^https?:/.test(new URL(location, from).protocol)
    ? new URL(location, from).href
    : undefined;
}

function keepCookies(
  jar: Map<string, Map<string, string>>,
  url: string,
  { headers }: Answer,
): void {
  const { hostname } = new URL(url);
  const own = jar.get(hostname) ?? new Map<string, string>();
  jar.set(hostname, own);
  for (const line of [headers['set-cookie'] ?? []].flat()) {
    const [, name, value] = /^\s*([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name !== undefined) own.set(name.trim(), value ?? '');
  }
}

function cookiesFor(jar: Map<string, Map<string, string>>, url: string): string | undefined {
  const own = jar.get(new URL(url).hostname);
  if (own === undefined || own.size === 0) return undefined;
  return [...own].map(([name, value]) => `${name}=${value}`).join('; ');
}
