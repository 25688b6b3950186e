import { Descending } from './descending.ts';
import { medianByRound, type CutFrom, type Estimate } from './interval.ts';
import { sorted, type Sorted } from './quantile.ts';
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

/** Values of a round as they came. `cutFromMs`: those from it on are known from below only; absent where all are whole. */
export interface RoundOfValues {
  readonly values: readonly number[];
  readonly cutFromMs?: number;
}

/**
 * Summarises rounds of values by the measurement specification, "Estimates". Empty rounds don't count. No quantiles at
 * all if a value is not a number above 0: such values are no latencies, and a figure made with them would hide it.
 */
export function summarise(rounds: readonly (readonly number[])[]): Summary {
  return summariseRounds(rounds.map((values) => ({ values })));
}

/** {@link summarise} for rounds in which some values may be known from below only. */
export function summariseRounds(rounds: readonly RoundOfValues[]): Summary {
  const filled = rounds.filter(({ values }) => values.length > 0);
  const n = filled.reduce((sum, { values }) => sum + values.length, 0);
  const counts = { rounds: filled.length, n };
  if (!filled.every(({ values }) => areLatencies(values))) return counts;
  const ordered = filled.map(({ values }) => sorted(values));
  const cutFrom = filled.map(({ cutFromMs = Infinity }) => cutFromMs);
  const p50 = medianByRound(ordered, cutFrom);
  const pooled = new Descending(ordered);
  const open = openAbove(ordered, cutFrom);
  return {
    ...counts,
    ...(p50 === undefined ? {} : { p50 }),
    ...(n < fewest.p95 ? {} : { p95: tailQuantile(pooled, 0.95, open) }),
    ...(n < fewest.p99 ? {} : { p99: tailQuantile(pooled, 0.99, open) }),
  };
}

/** The pool without what is known from below only; undefined where nothing is. */
function openAbove(rounds: readonly Sorted[], cutFrom: CutFrom): Descending | undefined {
  const first = Math.min(...cutFrom);
  if (!(first < Infinity)) return undefined;
  return new Descending(
    rounds.map((round) => round.map((v) => (v >= first ? Infinity : v)) as Sorted),
  );
}

function areLatencies(round: readonly number[]): boolean {
  return round.every((value) => value > 0 && value < Infinity);
}
