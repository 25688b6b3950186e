import type { Manifest } from '../../samples/manifest.ts';
import type { Outcomes } from '../../samples/outcome.ts';
import type { Series, StaleReads } from '../../samples/series.ts';

/** What a gate judges: a run with its samples grouped. */
export interface MeasuredRun {
  readonly manifest: Manifest;
  readonly outcomes: Outcomes;
  readonly series: readonly Series[];
  readonly staleReads: readonly StaleReads[];
}

/** Whether a target is known not to have been measured there: a gap, which is told of as such and not as a thin cell. */
export function isGap({ manifest }: MeasuredRun, target: string, vantage: string): boolean {
  return manifest.warnings.some(
    (warning) =>
      warning.code === 'target-failed' &&
      warning.target === target &&
      (warning.vantage ?? vantage) === vantage,
  );
}

/** Whether the vantage delivered rows at all; what it delivered may still be too little. */
export function wasMeasured({ manifest }: MeasuredRun, vantage: string): boolean {
  return manifest.vantages[vantage]?.state === 'measured';
}
