import tCdf from '@stdlib/stats-base-dists-t-cdf';
import type { Interval } from './interval.ts';
import { mean, variance } from './moments.ts';
import { studentsT } from './students-t.ts';

/** One value against its history: Student's T, and the one-sided p of a value so high. */
export interface PredictionTest {
  readonly t: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Where the next value lies with probability `level` if it is like the K before it: z̄ ± t·s·√(1 + 1/K) with K − 1 degrees
 * of freedom (measurement specification, "Gate"). Undefined without spread, below two values, or not finite.
 */
export function predictionBand(history: readonly number[], level: number): Interval | undefined {
  const expected = expectation(history);
  if (expected === undefined || !(level > 0 && level < 1)) return undefined;
  const half = studentsT((1 + level) / 2, expected.df) * expected.se;
  return { low: expected.mean - half, high: expected.mean + half };
}

/** T = (z − z̄)/(s·√(1 + 1/K)); undefined as the band is, and for a value that is not finite. */
export function predictionTest(
  history: readonly number[],
  value: number,
): PredictionTest | undefined {
  const expected = expectation(history);
  if (expected === undefined || !Number.isFinite(value)) return undefined;
  const t = (value - expected.mean) / expected.se;
  return { t, df: expected.df, p: tCdf(-t, expected.df) };
}

/** The mean of the history and the standard error of a new value around it. */
function expectation(history: readonly number[]) {
  const k = history.length;
  const centre = mean(history);
  const se = Math.sqrt(variance(history) * (1 + 1 / k));
  const scale = history.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  // Equal values may differ in their last digits: that is no spread.
  return Number.isFinite(centre) && se > 1e-12 * scale
    ? { mean: centre, se, df: k - 1 }
    : undefined;
}
