import type { Comparison } from '../../compare/comparison.ts';

/** What `bench compare` shows. */
export interface Compared {
  readonly comparisons: readonly Comparison[];
  /** Why a run can't be trusted, a sentence each: said before anything else. */
  readonly doubts: readonly string[];
  /** What the runs themselves lack, a sentence each. */
  readonly notes: readonly string[];
}
