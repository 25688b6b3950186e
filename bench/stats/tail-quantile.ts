import { roundBootstrap, weightedQuantile } from './bootstrap.ts';
import type { Descending } from './descending.ts';
import type { Estimate, Interval } from './interval.ts';
import { orderStatistics } from './order-statistics.ts';

/**
 * A quantile of the tail over all rounds together: the pooled type-7 quantile, with the outer hull of its binomial
 * order-statistic interval and of a bootstrap over rounds (measurement specification, "Estimates"): the first knows
 * nothing of rounds that differ, the second little of a tail with few values. No interval from a single round, or
 * where too few values lie beyond the quantile.
 * `open`: the same with every value that is known from below only as Infinity, where there are such. What is finite in
 * it is exact, and an end that is not is open.
 */
export function tailQuantile(pooled: Descending, p: number, open?: Descending): Estimate {
  const centre = pooledQuantile(pooled, p);
  const interval = intervalOf(pooled, p);
  if (open === undefined) return { centre, ...(interval === undefined ? {} : { interval }) };
  const isLowerBound = !Number.isFinite(pooledQuantile(open, p));
  const high = isLowerBound ? Infinity : (intervalOf(open, p)?.high ?? Infinity);
  return {
    centre,
    // Its lower end rests on bounds too, and so is no higher than that of the whole values.
    ...(interval === undefined ? {} : { interval: { low: interval.low, high: orOpen(high) } }),
    ...(isLowerBound ? { isLowerBound } : {}),
  };
}

/** Between two infinite values there is no number. */
const orOpen = (value: number): number => (Number.isNaN(value) ? Infinity : value);

const pooledQuantile = (pooled: Descending, p: number): number =>
  weightedQuantile(pooled, new Uint8Array(pooled.roundSizes.length).fill(1), p);

function intervalOf(pooled: Descending, p: number): Interval | undefined {
  const rounds = pooled.roundSizes.length;
  const n = pooled.values.length;
  const { lower, upper } = orderStatistics(n, p);
  if (rounds < 2 || lower === undefined || upper === undefined) return undefined;
  const byRound = roundBootstrap(pooled, p);
  return {
    low: Math.min(byRound.low, pooled.values[n - lower] ?? NaN),
    high: Math.max(byRound.high, pooled.values[n - upper] ?? NaN),
  };
}
