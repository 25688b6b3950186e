import type { Millis, Seconds } from '../base/units.ts';
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
  /** Requests in the kept parts of all rounds that failed or were cut; the same for both temperatures. */
  readonly errors: number;
  /** Requests among the values that had no answer when they were cut; absent for none. */
  readonly cut?: number;
  /** Answers among the values whose bodies had not ended; absent for none. */
  readonly unfinished?: number;
  /** Requests in the kept parts that answered and don't count: implausible, or in a round that is invalid. */
  readonly excluded: number;
  readonly server: ServerMedians;
  /** Who answered, over the valid rounds; absent where no answer says. */
  readonly served?: Served;
}

/** The latencies of one round; within it as they came. */
export interface SeriesRound {
  readonly round: number;
  /** Of requests that were cut, how long they were waited for: their answers take at least that long. */
  readonly values: readonly Millis[];
  /** The shortest wait that was cut; absent for none. Quantiles up to here are exact, from here on lower bounds. */
  readonly cutFromMs?: Millis;
  /** Absent where the app said nothing. */
  readonly server?: RoundServer;
}

/** What the app said of a round's answers, each at its median; absent where none says it. */
export interface RoundServer {
  readonly appMs?: Millis;
  readonly dbMs?: Millis;
  /** What the app did itself: of each answer the app's time less the database's. */
  readonly ownMs?: Millis;
  readonly dbQueries?: number;
}

/** Counts of answers. */
export interface Served {
  readonly answers: number;
  /** Region → how many it served. */
  readonly regions: Readonly<Record<string, number>>;
  /** Why they were replayed to another region → how many; empty if none was. */
  readonly replays: Readonly<Record<string, number>>;
}

/** What the app said of its answers, at the median over the valid rounds; absent where it said nothing. */
export interface ServerMedians {
  readonly appMs?: Millis;
  readonly dbMs?: Millis;
  readonly dbQueries?: number;
  /** How long answers had been in a cache. */
  readonly ageS?: Seconds;
  /** What else it takes the time of, under its own names, and how many answers do. */
  readonly parts?: readonly {
    readonly name: string;
    readonly ms: Millis;
    readonly answers: number;
  }[];
  /** Answers whose times were left out, as they say far more than the answer took; absent for none. */
  readonly unbelievable?: number;
  /** The region that served most of them. */
  readonly region?: string;
  /** The edge that most of them came through. */
  readonly edge?: string;
  /** Whether a cache had them, in its own words, the most frequent first. */
  readonly caches?: readonly { readonly said: string; readonly answers: number }[];
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
