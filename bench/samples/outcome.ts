import type { Millis, UnixMicros } from '../base/units.ts';

/** What became of a planned block at one vantage (`outcomes.json`, spelled as there). */
export interface BlockOutcome {
  readonly vantage: string;
  readonly target: string;
  readonly scenario: string;
  readonly round: number;
  readonly order: number;
  /** A k6 row counts for a block if its tags name it and its timestamp lies in [keep_from_us, end_us]. */
  readonly keep_from_us: UnixMicros;
  readonly end_us: UnixMicros;
  /** Valid requests on a reused connection. */
  readonly kept: number;
  /** Valid requests that opened a connection. */
  readonly cold: number;
  /** Iterations that k6 could not start in time. */
  readonly dropped: number;
  /** Requests that were sent and had no end when the block was over; absent in older runs. */
  readonly unanswered?: number;
  readonly failed: number;
  /** Requests that had no answer within the time they were given; absent for none. */
  readonly cut?: number;
  /** Of the kept and the cold, those whose bodies had not ended; absent for none. */
  readonly unfinished?: number;
  /** The longest that the first byte of one of these took, in ms. */
  readonly unfinished_ttfb_ms?: Millis;
  /** Answered requests whose waiting time can't be true: not above 0, or above the request timeout. */
  readonly implausible: number;
  /** False: the round does not count at this vantage, for any target; `reason` says why. */
  readonly valid: boolean;
  readonly reason?: string;
  /** The round was measured again in whole: neither its requests nor its errors count. */
  readonly superseded?: true;
  /**
   * Whose doing it is that the block is not valid, where that is known: the target's own, that of a part of it which
   * ended or stood still, or the machine's, which stood still.
   */
  readonly fault?: 'target' | 'part' | 'machine';
}

export interface Outcomes {
  readonly blocks: readonly BlockOutcome[];
}

/** How far one emulated link was from what was wanted. */
export interface LinkCalibration {
  /** The topology whose own link it is, in an experiment; the world's if absent. */
  readonly topology?: string;
  readonly from: string;
  readonly to: string;
  readonly wantedMs: Millis;
  /** Echoes measured. */
  readonly n: number;
  readonly p50Ms: Millis;
  readonly p99Ms: Millis;
  /** Connect plus first echo, median; about twice the wanted round trip. */
  readonly openMs: Millis;
}

/** All links of a world at one moment. */
export interface Calibration {
  readonly when: 'before' | 'after';
  readonly atIso: string;
  readonly links: readonly LinkCalibration[];
}
