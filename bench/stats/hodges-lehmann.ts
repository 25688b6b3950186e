import { quantile, sorted } from './quantile.ts';

/**
 * The pseudomedian: the median of all Walsh averages (xᵢ + xⱼ)/2, i ≤ j (Hodges & Lehmann, Annals of Mathematical
 * Statistics 34, 1963). A few wild differences hardly move it. Undefined for no values, or one that is not finite.
 */
export function hodgesLehmann(differences: readonly number[]): number | undefined {
  if (differences.length === 0 || !differences.every(Number.isFinite)) return undefined;
  const averages = differences.flatMap((x, i) => differences.slice(i).map((y) => (x + y) / 2));
  return quantile(sorted(averages), 0.5);
}
