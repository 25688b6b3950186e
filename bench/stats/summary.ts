import { Descending } from './descending.ts';
import { medianByRound, type Estimate } from './interval.ts';
import { sorted } from './quantile.ts';
import { tailQuantile } from './tail-quantile.ts';

/** What a series comes down to. A quantile is absent where the values are too few to tell. */
export interface Summary {
  readonly rounds: number;
  /** Values in all rounds. */
  readonly n: number;
  readonly p50?: Estimate;
  readonly p95?: Estimate;
  readonly p99?: Estimate;
}

/** Below these numbers of values the order-statistic interval of the quantile has no upper end. */
const fewest = { p95: 72, p99: 368 } as const;

/** Whether a p99 rests on so few values that it only gives an idea: 1 % of them is less than ten. */
export function isIndicative(n: number): boolean {
  return n < 1000;
}

/**
 * Summarises rounds of values by the measurement specification, "Estimates". Empty rounds don't count. No quantiles at
 * all if a value is not a number above 0: such values are no latencies, and a figure made with them would hide it.
 */
export function summarise(rounds: readonly (readonly number[])[]): Summary {
  const filled = rounds.filter((round) => round.length > 0);
  const n = filled.reduce((sum, round) => sum + round.length, 0);
  const counts = { rounds: filled.length, n };
  if (!filled.every(areLatencies)) return counts;
  const ordered = filled.map(sorted);
  const p50 = medianByRound(ordered);
  const pooled = new Descending(ordered);
  return {
    ...counts,
    ...(p50 === undefined ? {} : { p50 }),
    ...(n < fewest.p95 ? {} : { p95: tailQuantile(pooled, 0.95) }),
    ...(n < fewest.p99 ? {} : { p99: tailQuantile(pooled, 0.99) }),
  };
}

function areLatencies(round: readonly number[]): boolean {
  return round.every((value) => value > 0 && value < Infinity);
}
