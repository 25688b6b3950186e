import tCdf from '@stdlib/stats-base-dists-t-cdf';
import type { MeanDifference } from './mean-difference.ts';

/**
 * Whether the true difference lies within ±`bound`: two one-sided tests at 5 % each (Schuirmann 1987), which is to say
 * that the 90 % interval lies inside. Never for a difference without p values.
 */
export function isEquivalent(difference: MeanDifference, bound: number): boolean {
  return (equivalenceP(difference, bound) ?? 1) < 0.05;
}

/** The larger p of the two one-sided tests; undefined for a difference without p values or a bound that is not above 0. */
export function equivalenceP(difference: MeanDifference, bound: number): number | undefined {
  const { mean, se, df, p } = difference;
  if (p === undefined || !(bound > 0)) return undefined;
  return Math.max(tCdf((mean - bound) / se, df), tCdf((-bound - mean) / se, df));
}
