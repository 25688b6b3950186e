import type { Cell, Series, ServerMedians } from '../samples/series.ts';
import type { Temperature } from '../samples/usable.ts';
import { summariseRounds, type Summary } from '../stats/summary.ts';

/** A cell with its figures: a row of `summary.csv`. */
export interface CellResult extends Cell {
  readonly step: string;
  readonly temperature: Temperature;
  readonly summary: Summary;
  readonly errors: number;
  readonly excluded: number;
  /** Requests that had no answer when they were cut; absent for none. */
  readonly cut?: number;
  readonly server: ServerMedians;
}

/** Summarises every series. */
export function cellResults(series: readonly Series[]): CellResult[] {
  return series.map(({ rounds, ...cell }) => ({
    ...cell,
    summary: summariseRounds(rounds),
  }));
}
