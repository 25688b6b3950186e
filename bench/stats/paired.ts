import { meanDifference, type MeanDifference } from './mean-difference.ts';
import { mean, variance } from './moments.ts';

export type PairedDifference = MeanDifference;

/**
 * The paired t test: `a` and `b` hold one number for each round, of the same rounds in the same order (measurement
 * specification, "Comparison A vs B": logarithms of quantiles). Undefined for no pair, or a number that is not finite.
 * Throws a RangeError for sides of different lengths.
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
): PairedDifference | undefined {
  if (a.length !== b.length)
    throw new RangeError(`${a.length} values can't be paired with ${b.length}`);
  const differences = b.map((value, i) => value - (a[i] ?? NaN));
  const n = differences.length;
  const sd = Math.sqrt(variance(differences));
  const centre = mean(differences);
  if (!Number.isFinite(centre)) return undefined;
  const scale = [...a, ...b].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return meanDifference({ n, mean: centre, sd, se: sd / Math.sqrt(n), df: n - 1 }, scale);
}
