import type { Millis } from '../base/units.ts';
import type { Series } from '../samples/series.ts';
import { nearestOf, type Geography } from './geography.ts';
import { isReplayed, mainRegion } from './served.ts';

/** The way of a cell's requests; what is not known is undefined. */
export interface Way {
  /** Where most of them were served. */
  readonly region: string | undefined;
  /** Where their queries went. */
  readonly database: string | undefined;
  /** To the machine that the edge chose, and back. */
  readonly networkMs: Millis | undefined;
  /** From the edge to the region that the machine had them replayed to, and back; undefined if it had not. */
  readonly replayMs: Millis | undefined;
  /** Of one query. */
  readonly queryRttMs: Millis | undefined;
}

export function wayOf({ target, vantage, served }: Series, geography: Geography): Way {
  const region = mainRegion(served);
  const placed = geography.placed(target);
  const rtt = (from: string | undefined, to: string | undefined) =>
    from === undefined || to === undefined ? undefined : geography.rtt(target, from, to);
  const nearest = (from: string | undefined, to: readonly string[] | undefined) =>
    from === undefined || to === undefined ? undefined : nearestOf(geography, target, from, to);
  const database = nearest(region, placed?.databases);
  const replayed = isReplayed(served);
  return {
    ...{ region, database },
    networkMs: rtt(vantage, replayed ? nearest(vantage, placed?.machines) : region),
    replayMs: replayed ? rtt(vantage, region) : undefined,
    queryRttMs: rtt(region, database),
  };
}

/** Both crossings together, as far as they are known. */
export const crossingMs = ({ networkMs = 0, replayMs = 0 }: Way): Millis => networkMs + replayMs;
