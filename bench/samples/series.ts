import type { Millis } from '../base/units.ts';
import type { Temperature } from './usable.ts';

/** What is summarised as one: target × vantage × scenario × metric. */
export interface Cell {
  readonly target: string;
  readonly vantage: string;
  readonly scenario: string;
  /** `ttfb_warm` or `ttfb_cold`; with `/<step>` where the scenario has several steps. */
  readonly metric: string;
}

/** The latencies of a cell by round, in milliseconds, and what was left out of them. */
export interface Series extends Cell {
  /** Empty where the scenario has one step only. */
  readonly step: string;
  readonly temperature: Temperature;
  /** Valid rounds that hold a sample, in their order. */
  readonly rounds: readonly SeriesRound[];
  /** Failed requests in the kept parts of all rounds; the same for both temperatures. */
  readonly errors: number;
  /** Requests in the kept parts that answered and don't count: implausible, or in a round that is invalid. */
  readonly excluded: number;
  readonly server: ServerMedians;
}

/** The latencies of one round; within it as they came. */
export interface SeriesRound {
  readonly round: number;
  readonly values: readonly Millis[];
}

/** What the app said of its answers, at the median over the valid rounds; absent where it said nothing. */
export interface ServerMedians {
  readonly appMs?: Millis;
  readonly dbMs?: Millis;
  readonly dbQueries?: number;
  /** The region that served most of them. */
  readonly region?: string;
}

/** How often a script looked for what it had just written, and how often that was not there. */
export interface StaleReads {
  readonly target: string;
  readonly vantage: string;
  readonly scenario: string;
  readonly reads: number;
  readonly stale: number;
}

/** The metric's name in tables and files. */
export function metricName(temperature: Temperature, step: string): string {
  return step === '' ? `ttfb_${temperature}` : `ttfb_${temperature}/${step}`;
}
