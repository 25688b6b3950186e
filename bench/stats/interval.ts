import { mean, variance } from './moments.ts';
import { isAtLeast, quantile, type Sorted } from './quantile.ts';
import { studentsT } from './students-t.ts';

/** A value and the 95 % interval around it, where there is enough to tell. */
export interface Estimate {
  readonly centre: number;
  /** Its upper end is Infinity, open, where it reaches values that are known from below only. */
  readonly interval?: Interval;
  /** `centre` rests on values that are known from below only: it is at least that. Absent where it is exact. */
  readonly isLowerBound?: true;
}

export interface Interval {
  readonly low: number;
  /** Infinity: open. */
  readonly high: number;
}

/** Where the values of each round begin to be known from below only (right-censored); Infinity where all are exact. */
export type CutFrom = readonly number[];

/**
 * The median over rounds: the mean of the rounds' log medians, with the t interval of that mean
 * (measurement specification, "Estimates"). The round is the independent unit, however many values it has.
 * With a round whose median is a lower bound, the whole is one. No round is empty. Undefined without a round, or for a median that is not above 0; no interval from a single round.
 */
export function medianByRound(
  rounds: readonly Sorted[],
  cutFrom: CutFrom = [],
): Estimate | undefined {
  const logs = rounds.map((round) => Math.log(quantile(round, 0.5)));
  const centre = mean(logs);
  if (!Number.isFinite(centre)) return undefined;
  const isLowerBound = rounds.some((round, i) => isAtLeast(round, 0.5, cutFrom[i] ?? Infinity));
  const bound = isLowerBound ? ({ isLowerBound } as const) : {};
  if (logs.length === 1) return { centre: Math.exp(centre), ...bound };
  const t = studentsT(0.975, logs.length - 1);
  const half = t * Math.sqrt(variance(logs) / logs.length);
  const interval = { low: Math.exp(centre - half), high: Math.exp(centre + half) };
  if (!isLowerBound) return { centre: Math.exp(centre), interval };
  // The whole values may spread wider, upwards: below the smallest bound of a round the interval does not end for that.
  const low = Math.min(interval.low, Math.exp(Math.min(...logs)));
  return { centre: Math.exp(centre), interval: { low, high: Infinity }, isLowerBound };
}
