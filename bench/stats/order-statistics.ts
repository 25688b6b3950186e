import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';

/** Ranks counted from 1 in ascending order; absent where no order statistic is far enough out. */
export interface OrderStatistics {
  readonly lower?: number;
  readonly upper?: number;
}

/**
 * The order statistics around the p-quantile of n independent values that hold it at 1 − `alpha`: the largest l with
 * P(Bin(n, p) ≤ l − 1) ≤ α/2 and the smallest u with P(Bin(n, p) ≥ u) ≤ α/2 (measurement specification, "Estimates").
 */
export function orderStatistics(n: number, p: number, alpha = 0.05): OrderStatistics {
  // P(Bin(n, p) ≥ u) = P(Bin(n, 1 − p) ≤ n − u): the upper rank mirrors the lower one, and small tails keep their digits.
  const lower = lowerRank(n, p, alpha / 2);
  const mirrored = lowerRank(n, 1 - p, alpha / 2);
  return {
    ...(lower > 0 ? { lower } : {}),
    ...(mirrored > 0 ? { upper: n + 1 - mirrored } : {}),
  };
}

/** The largest l ≤ n with P(Bin(n, p) ≤ l − 1) ≤ `tail`; 0 for none. */
function lowerRank(n: number, p: number, tail: number): number {
  let [low, high] = [0, n];
  while (low < high) {
    const rank = (low + high + 1) >> 1;
    if (binomialCdf(rank - 1, n, p) <= tail) low = rank;
    else high = rank - 1;
  }
  return low;
}
