import tCdf from '@stdlib/stats-base-dists-t-cdf';
import type { Interval } from './interval.ts';
import { studentsT } from './students-t.ts';

/** How far `b` lies above `a` on the mean, in the unit of the values: for logarithms, the logarithm of a ratio. */
export interface MeanDifference {
  /** Pairs, or the values of the smaller side. */
  readonly n: number;
  readonly mean: number;
  /** Of the single differences; of independent sides, what the pairs would have. NaN for a single one. */
  readonly sd: number;
  /** Standard error of `mean`, and the degrees of freedom that go with it. */
  readonly se: number;
  readonly df: number;
  /** 95 %; absent with `p` where there is nothing to judge by: a single difference, or no spread at all. */
  readonly interval?: Interval;
  /** One-sided p values from the t distribution: `greater` speaks for b > a. */
  readonly p?: { readonly greater: number; readonly less: number };
}

/** Completes a difference. `scale` is the size of the numbers it came from, to tell spread from rounding. */
export function meanDifference(
  parts: Pick<MeanDifference, 'n' | 'mean' | 'sd' | 'se' | 'df'>,
  scale: number,
): MeanDifference {
  const { mean, se, df } = parts;
  if (!(df > 0) || !(se > rounding * Math.max(1, scale))) return parts;
  const half = studentsT(0.975, df) * se;
  return {
    ...parts,
    interval: { low: mean - half, high: mean + half },
    // Both from the lower tail: 1 − cdf would round a small p to nothing.
    p: { greater: tCdf(-mean / se, df), less: tCdf(mean / se, df) },
  };
}

/** Equal differences of logarithms come out unequal in their last digits; a p value of that would be a verdict from nothing. */
const rounding = 1e-12;
