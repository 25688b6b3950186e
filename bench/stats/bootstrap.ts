import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Descending } from './descending.ts';
import type { Interval } from './interval.ts';
import { quantile, sorted } from './quantile.ts';
import { resampleCount, resamples } from './resamples.ts';

/**
 * The 95 % interval of the pooled p-quantile from a bootstrap that draws whole rounds, as the round is the independent
 * unit: quantiles of the resamples' logarithms, at levels widened for few rounds (Hesterberg, The American Statistician
 * 69, 2015; measurement specification, "Estimates"). For at least two rounds of values above 0, each with one or more.
 */
export function roundBootstrap(pooled: Descending, p: number): Interval {
  const rounds = pooled.roundSizes.length;
  const weights = resamples(rounds);
  const logs = sorted(
    Array.from({ length: resampleCount }, (_, b) =>
      Math.log(weightedQuantile(pooled, weights.subarray(b * rounds, (b + 1) * rounds), p)),
    ),
  );
  const level = expandedLevel(rounds);
  return {
    low: Math.exp(quantile(logs, level)),
    high: Math.exp(quantile(logs, 1 - level)),
  };
}

/** Φ(−t.₉₇₅·√(R/(R − 1))), instead of 2.5 %. */
export function expandedLevel(rounds: number): number {
  return normalCdf(-tQuantile(0.975, rounds - 1) * Math.sqrt(rounds / (rounds - 1)), 0, 1);
}

/** The type-7 quantile of the pool in which each round stands as often as its weight says; p above 0. */
export function weightedQuantile(
  pooled: Descending,
  weights: ArrayLike<number>,
  p: number,
): number {
  const total = pooled.roundSizes.reduce((sum, size, i) => sum + size * (weights[i] ?? 0), 0);
  const position = (total - 1) * p;
  const below = Math.floor(position);
  // The quantile lies between the values at descending ranks `rank` (the lower) and `rank − 1` of the weighted pool.
  const rank = total - 1 - below;
  const { values, origins } = pooled;
  let { at, passed } = pooled.before(rank, weights);
  while (passed < rank) passed += weights[origins[at++] ?? NaN] ?? NaN;
  const high = values[at - 1] ?? NaN;
  while (passed <= rank) passed += weights[origins[at++] ?? NaN] ?? NaN;
  const low = values[at - 1] ?? NaN;
  return position === below ? low : low + (position - below) * (high - low);
}
