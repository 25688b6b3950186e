import type { Millis, Seconds, UnixMicros } from '../base/units.ts';

/** What the headers of one answer say of who made it and how. Absent is what they don't say. */
export interface ServerFacts {
  /** `Server-Timing: app;dur=…`. */
  readonly appMs?: Millis;
  readonly dbMs?: Millis;
  /** `db;desc="3 queries"`. */
  readonly dbQueries?: number;
  /** Other metrics of `Server-Timing`, under the server's own names. */
  readonly parts?: ReadonlyMap<string, Millis>;
  /** Whether a cache had the answer, in the words of the cache: `HIT`. */
  readonly cache?: string;
  /** How long the answer had been in a cache. */
  readonly ageS?: Seconds;
  /** The edge (point of presence) that the answer came through. */
  readonly edge?: string;
  /** Where the answer was made: the app's region (`Fly-Region`), or the edge if its cache had it. */
  readonly region?: string;
  /** It said that the app took far longer than the whole answer: its times are left out. */
  readonly unbelievable?: true;
  /** Why the request was replayed to that region (`Fly-Replay-Src`): `http_method`; absent if it was not. */
  readonly replay?: string;
}

/** One request, as k6 saw it. */
export interface Sample {
  readonly vantage: string;
  readonly target: string;
  readonly scenario: string;
  readonly round: number;
  /** The `step` tag; empty for a script that sets none. */
  readonly step: string;
  /** When the response had arrived. */
  readonly atUs: UnixMicros;
  readonly blockedMs: Millis;
  readonly connectingMs: Millis;
  readonly tlsMs: Millis;
  readonly sendingMs: Millis;
  /** Time to first byte on a warm connection. */
  readonly waitingMs: Millis;
  readonly receivingMs: Millis;
  /** HTTP status; 0 if none came. */
  readonly status: number;
  /** k6's error code; 0 for none. */
  readonly errorCode: number;
  readonly failed: boolean;
  /** Redirects that were followed up to this answer; their times are in its own. Absent for none. */
  readonly hops?: number;
  readonly server?: ServerFacts;
}
