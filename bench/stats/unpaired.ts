import { meanDifference, type MeanDifference } from './mean-difference.ts';
import { mean, variance } from './moments.ts';

/**
 * Welch's t test (B. L. Welch, Biometrika 34, 1947), for sides that share no rounds: variances may differ, degrees of
 * freedom are Welch–Satterthwaite's. Undefined for an empty side, or a number that is not finite.
 */
export function welchDifference(
  a: readonly number[],
  b: readonly number[],
): MeanDifference | undefined {
  const centre = mean(b) - mean(a);
  if (!Number.isFinite(centre)) return undefined;
  const [va, vb] = [variance(a), variance(b)];
  const [ea, eb] = [va / a.length, vb / b.length];
  const df = (ea + eb) ** 2 / (ea ** 2 / (a.length - 1) + eb ** 2 / (b.length - 1));
  const scale = [...a, ...b].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return meanDifference(
    {
      n: Math.min(a.length, b.length),
      mean: centre,
      sd: Math.sqrt(va + vb),
      se: Math.sqrt(ea + eb),
      df,
    },
    scale,
  );
}
