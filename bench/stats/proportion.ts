import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import type { Interval } from './interval.ts';

/**
 * The exact interval of a proportion, `hits` of `n` (Clopper & Pearson, Biometrika 26, 1934): [0, 1] says that nothing
 * is known. Undefined unless 0 ≤ hits ≤ n and n > 0, whole numbers.
 */
export function proportionInterval(hits: number, n: number, level = 0.95): Interval | undefined {
  if (!Number.isInteger(hits) || !Number.isInteger(n) || hits < 0 || n < 1 || hits > n)
    return undefined;
  const tail = (1 - level) / 2;
  return {
    low: hits === 0 ? 0 : betaQuantile(tail, hits, n - hits + 1),
    high: hits === n ? 1 : betaQuantile(1 - tail, hits + 1, n - hits),
  };
}
