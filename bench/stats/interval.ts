import { mean, variance } from './moments.ts';
import { quantile, type Sorted } from './quantile.ts';
import { studentsT } from './students-t.ts';

/** A value and the 95 % interval around it, where there is enough to tell. */
export interface Estimate {
  readonly centre: number;
  readonly interval?: Interval;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The median over rounds: the mean of the rounds' log medians, with the t interval of that mean
 * (measurement specification, "Estimates"). The round is the independent unit, however many values it has.
 * No round is empty. Undefined without a round, or for a median that is not above 0; no interval from a single round.
 */
export function medianByRound(rounds: readonly Sorted[]): Estimate | undefined {
  const logs = rounds.map((round) => Math.log(quantile(round, 0.5)));
  const centre = mean(logs);
  if (!Number.isFinite(centre)) return undefined;
  if (logs.length === 1) return { centre: Math.exp(centre) };
  const t = studentsT(0.975, logs.length - 1);
  const half = t * Math.sqrt(variance(logs) / logs.length);
  return {
    centre: Math.exp(centre),
    interval: { low: Math.exp(centre - half), high: Math.exp(centre + half) },
  };
}
