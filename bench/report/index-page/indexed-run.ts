import type { Millis } from '../../base/units.ts';

/** A folder of the list: a run and what it found, or why that can't be said. */
export type IndexedRun = ReportedRun | { readonly folder: string; readonly problem: string };

export interface ReportedRun {
  /** Its name beside the list. */
  readonly folder: string;
  readonly runId: string;
  readonly startedAtIso: string;
  readonly state: string;
  readonly provider: string;
  readonly budgetMs: Millis;
  readonly vantages: readonly string[];
  readonly targets: readonly string[];
  readonly rounds: number;
  /** Why it can't be trusted. */
  readonly notice?: string;
  /** Who won by how much, a sentence each. */
  readonly verdicts: readonly string[];
  /** What is missing, a sentence each. */
  readonly gaps: readonly string[];
  /** How many there are. */
  readonly warnings: number;
}
