import type { Millis, UnixMicros } from '../base/units.ts';

/** What the app said of one answer: `Server-Timing` and `Fly-*` headers. Absent where a target says nothing. */
export interface ServerFacts {
  readonly appMs?: Millis;
  readonly dbMs?: Millis;
  readonly dbQueries?: number;
  readonly cache?: string;
  /** The region that served (`Fly-Region`). */
  readonly region?: string;
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
  readonly server?: ServerFacts;
}
