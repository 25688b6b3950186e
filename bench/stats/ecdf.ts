import type { Sorted } from './quantile.ts';

/** Points of an empirical distribution from the smallest value to the largest, so few that a page can hold them. */
export interface Ecdf {
  /** Of how many values. */
  readonly n: number;
  /** Ascending; equal neighbours are a step. */
  readonly values: readonly number[];
  /** How many of the n values are at most as large, by point; counted through where values are equal. */
  readonly ranks: readonly number[];
}

/** How far the lines between the points may be from the distribution, as a share of all values. */
const bodyError = 0.0025;
/** The same as a share of the values beyond, so that a tail on a log axis is as true. */
const tailError = 0.05;

/**
 * The distribution of values above 0 by the fewest points that keep its lines within 0.5 % of the rank, drawn over the
 * logarithm of the value; nearer in the tail, and every one of the largest values. Mostly 30 to 90 points, however many
 * latencies there are.
 * Each line goes as far as a slope exists that passes near all values between (the intersected cones of J. Sklansky &
 * V. Gonzalez, Pattern Recognition 12, 1980, with the allowed distance by rank).
 */
export function ecdf(sorted: Sorted): Ecdf {
  const n = sorted.length;
  const logs = sorted.map(Math.log);
  const chosen = n === 0 ? [] : [0];
  for (let at = 0; at < n - 1; chosen.push(at)) at = lineEnd(logs, at);
  return {
    n,
    values: chosen.map((i) => sorted[i] ?? NaN),
    ranks: chosen.map((i) => i + 1),
  };
}

/** The farthest value that a line from `from` reaches without leaving any value between by more than is allowed. */
function lineEnd(logs: Float64Array, from: number): number {
  const n = logs.length;
  let [flattest, steepest] = [-Infinity, Infinity];
  let end = from + 1;
  for (let i = from + 1; i < n && flattest <= steepest; i++) {
    const run = (logs[i] ?? NaN) - (logs[from] ?? NaN);
    const slope = (i - from) / run;
    if (slope >= flattest && slope <= steepest) end = i;
    const allowed = Math.min(bodyError * n, tailError * (n - i));
    // 0/0, an equal value just as far as allowed: any slope will do.
    flattest = Math.max(flattest, (i - from - allowed) / run || -Infinity);
    steepest = Math.min(steepest, (i - from + allowed) / run);
  }
  return end;
}
