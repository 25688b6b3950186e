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

/** Whether the vantage delivered rows at all; what it delivered may still be too little. */
export function wasMeasured({ manifest }: MeasuredRun, vantage: string): boolean {
  return manifest.vantages[vantage]?.state === 'measured';
}
