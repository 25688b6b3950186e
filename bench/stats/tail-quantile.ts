import { roundBootstrap, weightedQuantile } from './bootstrap.ts';
import type { Descending } from './descending.ts';
import type { Estimate } from './interval.ts';
import { orderStatistics } from './order-statistics.ts';

/**
 * A quantile of the tail over all rounds together: the pooled type-7 quantile, with the outer hull of its binomial
 * order-statistic interval and of a bootstrap over rounds (measurement specification, "Estimates"): the first knows
 * nothing of rounds that differ, the second little of a tail with few values. No interval from a single round, or
 * where too few values lie beyond the quantile.
 */
export function tailQuantile(pooled: Descending, p: number): Estimate {
  const rounds = pooled.roundSizes.length;
  const centre = weightedQuantile(pooled, new Uint8Array(rounds).fill(1), p);
  const n = pooled.values.length;
  const { lower, upper } = orderStatistics(n, p);
  if (rounds < 2 || lower === undefined || upper === undefined) return { centre };
  const byRound = roundBootstrap(pooled, p);
  return {
    centre,
    interval: {
      low: Math.min(byRound.low, pooled.values[n - lower] ?? NaN),
      high: Math.max(byRound.high, pooled.values[n - upper] ?? NaN),
    },
  };
}
