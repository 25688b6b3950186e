import type { Millis } from '../base/units.ts';
import type { Cell, Served, ServerMedians } from '../samples/series.ts';
import type { Temperature } from '../samples/usable.ts';
import type { Estimate, Interval } from '../stats/interval.ts';

/**
 * What a request's time goes into, in the order of its way:
 * `network`: the round trip between the vantage and the machine that its edge chose;
 * `replay`: the further round trip to the region that the middleware sent it to;
 * `app`: the app's own work; `travel`: its queries on their way to the database and back; `query`: the database's work.
 */
export const causes = ['network', 'replay', 'app', 'travel', 'query'] as const;
export type Cause = (typeof causes)[number];

/** A share of a cell's median that has a cause. No interval: it follows from the distances in force. */
export interface Part {
  readonly cause: Cause;
  readonly ms: Millis;
  readonly interval?: Interval;
}

/** Where a cell's median time to first byte goes: parts + unexplained − excess = whole. */
export interface CellCauses extends Cell {
  readonly step: string;
  readonly temperature: Temperature;
  /** The cell's median, as in all tables. */
  readonly whole: Estimate;
  /** Only what is known; in the order of {@link causes}. */
  readonly parts: readonly Part[];
  /** What is left. Medians don't add up exactly, so that is in it too. Not below 0. */
  readonly unexplained: Estimate;
  /** By how much the parts exceed the whole, which they can't in truth; 0 nearly always. */
  readonly excessMs: Millis;
  /** What would be left of the whole if every distance were 0; undefined where the way is not known. */
  readonly work: Estimate | undefined;
  /** The least that light in fibre needs for the same ways, there and back; undefined where they are not known. */
  readonly floorMs: Millis | undefined;
  /** The region that served most answers. */
  readonly region: string | undefined;
  /** Database queries of an answer, at the median; undefined where the app does not say. */
  readonly queries: number | undefined;
  /** Where they go; undefined where that is not known, and the database's time can't be split. */
  readonly database: string | undefined;
  readonly served: Served | undefined;
  /** What else the answers say, at the median: parts under the server's own names, caches, the edge. */
  readonly says: Pick<ServerMedians, 'parts' | 'edge' | 'caches' | 'ageS' | 'unbelievable'>;
}
