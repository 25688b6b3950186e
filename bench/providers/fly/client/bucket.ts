import type { Millis, PerSecond } from '../../../base/units.ts';

/** At most `burst` at once, and `rate` in the long run. */
export interface Limit {
  readonly burst: number;
  readonly rate: PerSecond;
}

/** The moment at which a bucket is full again, by any clock; 0 for a fresh one. */
export type FullAt = Millis;

/**
 * The next turn of a token bucket, in order of asking: when it is, and the bucket after it. In any window of t seconds
 * there are at most burst + rate·t turns. (The generic cell rate algorithm, ITU-T I.371.)
 */
export function nextTurn(
  { burst, rate }: Limit,
  full: FullAt,
  now: Millis,
): { readonly at: Millis; readonly full: FullAt } {
  const each: Millis = 1000 / rate;
  const at = Math.max(now, full - (burst - 1) * each);
  return { at, full: Math.max(full, at) + each };
}
