import type { Millis } from '../base/units.ts';

/** The quantiles that verdicts are about; p99 is shown, never judged. */
export const judgedQuantiles = ['p50', 'p95'] as const;
export type JudgedQuantile = (typeof judgedQuantiles)[number];

/**
 * One side of a comparison: a target as measured in one run, or as a baseline keeps it. Only quantiles by round, so
 * that a side fits in a small file; the round is the independent unit.
 */
export interface Side {
  readonly runId: string;
  readonly target: string;
  readonly startedAtIso: string;
  readonly cells: readonly SideCell[];
}

/** One vantage × scenario × metric of a side. */
export interface SideCell {
  readonly vantage: string;
  readonly scenario: string;
  /** `ttfb_warm`, or `ttfb_warm/<step>`; cold requests are too few to compare. */
  readonly metric: string;
  /** Samples in all rounds. */
  readonly n: number;
  /** Valid rounds, in their order. */
  readonly rounds: readonly SideRound[];
}

/** Type-7 quantiles of the samples of one round. */
export interface SideRound {
  readonly round: number;
  readonly p50: Millis;
  readonly p95: Millis;
  /** Those of them that are lower bounds, as requests were cut; absent for none. */
  readonly atLeast?: readonly JudgedQuantile[];
}
