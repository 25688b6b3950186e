import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/**
 * The p-quantile of Student's t with `df` degrees of freedom. It is found by iteration, which takes longer than the
 * rest of an interval, and a report asks for the same few thousands of times: each is computed once.
 */
export function studentsT(p: number, df: number): number {
  const ofLevel = known.get(p) ?? new Map<number, number>();
  known.set(p, ofLevel);
  const quantile = ofLevel.get(df) ?? tQuantile(p, df);
  ofLevel.set(df, quantile);
  return quantile;
}

const known = new Map<number, Map<number, number>>();
