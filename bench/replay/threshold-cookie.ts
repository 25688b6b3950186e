/** Named as in fly-ruby, so that apps of several frameworks behind one domain agree. */
export const thresholdCookie = 'fly-replay-threshold';

/** The cookie's value in unix seconds out of a `Cookie` header; the latest if sent twice; undefined if absent or no number. */
export function readThreshold(cookieHeader: string | undefined): number | undefined {
  const values = (cookieHeader ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .filter(([name, value]) => name === thresholdCookie && /^\d+(\.\d+)?$/.test(value ?? ''))
    .map(([, value]) => Number(value));
  return values.length === 0 ? undefined : Math.max(...values);
}

/** The `Set-Cookie` header for a threshold, both times in unix seconds. Millisecond precision: whole seconds would cut up to one off. */
export function writeThreshold(until: number, now: number): string {
  const maxAge = Math.max(0, Math.ceil(until - now));
  return `${thresholdCookie}=${until.toFixed(3)}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax`;
}
