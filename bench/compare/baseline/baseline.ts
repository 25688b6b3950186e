import type { Millis } from '../../base/units.ts';
import type { JudgedQuantile, Side } from '../side.ts';
import type { Conditions } from '../unlike.ts';

export const baselineSchema = 1;

/** Runs in the sliding window, at most: the newest ones. */
export const windowLength = 20;

/**
 * The accepted runs of a deployment (`reports/baseline/baseline.json`). The first one stays: a slow regression moves
 * the window along with it, but not that.
 */
export interface Baseline {
  readonly schema: typeof baselineSchema;
  /** Under which every run in it was measured. */
  readonly conditions: Conditions;
  /** The first accepted run, round by round. */
  readonly fixed: KeptRun;
  /** The newest accepted run, round by round. */
  readonly newest: KeptRun;
  /** The last accepted runs, oldest first, the newest among them. */
  readonly window: readonly AcceptedRun[];
}

/** A run with its targets, each as a side of a comparison. */
export interface KeptRun {
  readonly runId: string;
  readonly startedAtIso: string;
  readonly sides: readonly Side[];
}

/** What the window keeps of a run: enough to see where the next one should lie. */
export interface AcceptedRun {
  readonly runId: string;
  readonly startedAtIso: string;
  readonly cells: readonly AcceptedCell[];
}

export interface AcceptedCell {
  readonly target: string;
  readonly vantage: string;
  readonly scenario: string;
  readonly metric: string;
  readonly rounds: number;
  /** Samples in all rounds. */
  readonly n: number;
  /** exp(mean over the rounds of ln q_p): on average, as a comparison sees it. */
  readonly p50: Millis;
  readonly p95: Millis;
  /** Those of them that are lower bounds, as requests were cut: no history to judge by. Absent for none. */
  readonly atLeast?: readonly JudgedQuantile[];
}
