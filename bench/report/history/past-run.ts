import type { Manifest } from '../../samples/manifest.ts';
import type { Cell } from '../../samples/series.ts';
import type { Summary } from '../../stats/summary.ts';

/** A run as a history needs it: how it was measured and what came out. */
export interface PastRun {
  readonly dir: string;
  readonly manifest: Manifest;
  readonly cells: readonly PastCell[];
}

/** A row of `summary.csv`. */
export interface PastCell extends Cell {
  readonly summary: Summary;
}
