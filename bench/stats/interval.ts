import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { quantile, type Sorted } from './quantile.ts';

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
 * Values are above 0 and no round is empty. Undefined without a round; no interval from a single one.
 */
export function medianByRound(rounds: readonly Sorted[]): Estimate | undefined {
  if (rounds.length === 0) return undefined;
  const logs = rounds.map((round) => Math.log(quantile(round, 0.5)));
  const centre = mean(logs);
  if (logs.length === 1) return { centre: Math.exp(centre) };
  const t = tQuantile(0.975, logs.length - 1);
  const half = (t * deviation(logs, centre)) / Math.sqrt(logs.length);
  return {
    centre: Math.exp(centre),
    interval: { low: Math.exp(centre - half), high: Math.exp(centre + half) },
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The sample's standard deviation (n − 1). */
function deviation(values: readonly number[], centre: number): number {
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
