import { medianByRound, type Estimate } from './interval.ts';
import { quantile, sorted } from './quantile.ts';

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

/** Summarises rounds of values above 0, by the measurement specification, "Estimates". Empty rounds don't count. */
export function summarise(rounds: readonly (readonly number[])[]): Summary {
  const filled = rounds.filter((round) => round.length > 0);
  const pooled = sorted(filled.flat());
  const p50 = medianByRound(filled.map(sorted));
  const n = pooled.length;
  return {
    rounds: filled.length,
    n,
    ...(p50 === undefined ? {} : { p50 }),
    ...(n < fewest.p95 ? {} : { p95: { centre: quantile(pooled, 0.95) } }),
    ...(n < fewest.p99 ? {} : { p99: { centre: quantile(pooled, 0.99) } }),
  };
}
