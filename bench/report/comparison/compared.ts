import type { Comparison } from '../../compare/comparison.ts';

/** What `bench compare` shows. */
export interface Compared {
  readonly comparisons: readonly Comparison[];
  /** What the runs themselves lack or warn of, a sentence each. */
  readonly notes: readonly string[];
}
