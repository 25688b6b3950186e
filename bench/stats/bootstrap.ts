import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import type { Descending } from './descending.ts';
import type { Interval } from './interval.ts';
import { quantile, sorted } from './quantile.ts';
import { resampleCount, resamples } from './resamples.ts';
import { studentsT } from './students-t.ts';

/**
 * The 95 % interval of the pooled p-quantile from a bootstrap that draws whole rounds, as the round is the independent
 * unit: quantiles of the resamples' logarithms, at levels widened for few rounds (Hesterberg, The American Statistician
 * 69, 2015; measurement specification, "Estimates"). For at least two rounds of values above 0, each with one or more.
 */
export function roundBootstrap(pooled: Descending, p: number): Interval {
  const rounds = pooled.roundSizes.length;
  const weights = resamples(rounds);
  const drawn = new Float64Array(resampleCount);
  for (let b = 0; b < resampleCount; b++)
    drawn[b] = Math.log(orInfinite(weightedQuantile(pooled, weights, p, b * rounds)));
  const logs = sorted(drawn);
  const level = expandedLevel(rounds);
  return {
    low: Math.exp(quantile(logs, level)),
    high: Math.exp(quantile(logs, 1 - level)),
  };
}

/** Between two values that are infinite lies no number, but what they bound is infinite. */
const orInfinite = (value: number): number => (Number.isNaN(value) ? Infinity : value);

/** Φ(−t.₉₇₅·√(R/(R − 1))), instead of 2.5 %. */
export function expandedLevel(rounds: number): number {
  return normalCdf(-studentsT(0.975, rounds - 1) * Math.sqrt(rounds / (rounds - 1)), 0, 1);
}

/**
 * The type-7 quantile of the pool in which each round stands as often as its weight says; p above 0. The rounds' weights
 * are at `first` and after it.
 */
export function weightedQuantile(
  pooled: Descending,
  weights: ArrayLike<number>,
  p: number,
  first = 0,
): number {
  const { values, origins } = pooled;
  const total = pooled.weigh(weights, first);
  const position = (total - 1) * p;
  const below = Math.floor(position);
  // The quantile lies between the values at descending ranks `rank` (the lower) and `rank − 1` of the weighted pool.
  const rank = total - 1 - below;
  let { at, passed } = pooled.before(rank, weights, first);
  while (passed < rank) passed += weights[first + (origins[at++] ?? NaN)] ?? NaN;
  const high = values[at - 1] ?? NaN;
  while (passed <= rank) passed += weights[first + (origins[at++] ?? NaN)] ?? NaN;
  const low = values[at - 1] ?? NaN;
  return position === below ? low : low + (position - below) * (high - low);
}
