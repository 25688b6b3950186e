import type { Millis } from '../base/units.ts';
import type { JudgedQuantile } from './side.ts';

/** What a comparison says of a cell: the candidate is … than the baseline. */
export type Verdict = 'faster' | 'slower' | 'no-difference' | 'inconclusive';

/**
 * `same-rounds`: both sides were measured in the same rounds of one run and are paired by round.
 * `different-runs`: they were not; day-to-day wobble is not in the intervals, so no gate may rest on it.
 */
export type Pairing = 'same-rounds' | 'different-runs';

/** Candidate against baseline, cell by cell, judged as one family. */
export interface Comparison {
  readonly pairing: Pairing;
  readonly baseline: SideName;
  readonly candidate: SideName;
  readonly family: {
    /** Hypotheses judged together (K of the specification), for each direction. */
    readonly size: number;
    /** Holm's family-wise level, one direction. */
    readonly alpha: number;
  };
  /** All cells of both sides; the mean over the vantages of a scenario last. */
  readonly cells: readonly ComparedCell[];
  /** What a reader must know: differences between unlike runs that were allowed, vantages on one side only … */
  readonly notes: readonly string[];
}

export interface SideName {
  readonly runId: string;
  readonly target: string;
}

export interface ComparedCell {
  /** `undefined`: the mean over all vantages (p50 only). */
  readonly vantage: string | undefined;
  readonly scenario: string;
  readonly metric: string;
  readonly quantile: JudgedQuantile;
  /** Rounds that count: pairs, or the fewer of the two sides where they are not paired. */
  readonly rounds: number;
  readonly verdict: Verdict;
  /** Why the verdict is no more than that, and what would help: `needs about 8 more rounds`. */
  readonly reason?: string;
  /** Absent where nothing can be computed: no common round, or values that are not above 0. */
  readonly effect?: Effect;
}

/** How much slower (above 0) or faster (below 0) the candidate is. */
export interface Effect {
  /** exp(mean over rounds of ln q_p); for the mean over vantages, over these too. */
  readonly baselineMs: Millis;
  readonly candidateMs: Millis;
  /** candidate − baseline, and its 95 % interval, which holds the uncertainty of both sides (delta method). */
  readonly ms: Millis;
  readonly lowMs?: Millis;
  readonly highMs?: Millis;
  /** 100·(e^D − 1), and its 95 % interval; no interval from a single round or where all differences are equal. */
  readonly percent: number;
  /**
   * Requests of a side were cut, so that its values are lower bounds: of the candidate, it is `at-least` that much slower;
   * of the baseline, `at-most`; of both, nothing is known of the difference. Absent where all is whole.
   */
  readonly bound?: 'at-least' | 'at-most' | 'unknown';
  readonly lowPercent?: number;
  readonly highPercent?: number;
  /** Of the log differences between rounds (s of the specification). */
  readonly sd?: number;
  /** One-sided p values, before Holm. */
  readonly p?: { readonly slower: number; readonly faster: number };
  /** Hodges–Lehmann companion: the pseudomedian of the rounds' differences, in percent. */
  readonly hodgesLehmannPercent?: number;
  /** The smallest slow-down that this measurement would call (percent), and whether it is small enough to inform. */
  readonly detectablePercent?: number;
  readonly informative?: boolean;
}
