import { flagged, type RegressionCheck } from './regression.ts';

/** The vantages to measure again, in the run's order: those of what was flagged; all, if a mean over them was. */
export function flaggedVantages(
  checks: readonly RegressionCheck[],
  vantages: readonly string[],
): string[] {
  const slow = flagged(checks).map(({ cell }) => cell.vantage);
  return slow.includes(undefined) ? [...vantages] : vantages.filter((code) => slow.includes(code));
}
