import type { Millis } from '../base/units.ts';
import type { Series } from '../samples/series.ts';
import { regionOf } from '../world/vantage.ts';
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
  /** The least that light in fibre needs for all of these. */
  readonly floorMs: Millis | undefined;
}

export function wayOf({ target, vantage, served, server }: Series, geography: Geography): Way {
  const region = mainRegion(served);
  const here = regionOf(vantage);
  const placed = geography.placed(target);
  const rtt = (from: string | undefined, to: string | undefined) =>
    from === undefined || to === undefined ? undefined : geography.rtt(target, from, to);
  const nearest = (from: string | undefined, to: readonly string[] | undefined) =>
    from === undefined || to === undefined ? undefined : nearestOf(geography, target, from, to);
  const database = nearest(region, placed?.databases);
  const replayed = isReplayed(served);
  const first = replayed ? nearest(here, placed?.machines) : region;
  const networkMs = rtt(here, first);
  const legs: Leg[] = [
    { from: here, to: first, times: 1 },
    ...(replayed ? [{ from: here, to: region, times: 1 }] : []),
    // Of a database whose region is not known no way is counted, as none is shown.
    ...(database === undefined
      ? []
      : [{ from: region, to: database, times: server.dbQueries ?? 0 }]),
  ];
  return {
    ...{ region, database, networkMs },
    replayMs: replayed ? rtt(here, region) : undefined,
    queryRttMs: rtt(region, database),
    floorMs: networkMs === undefined ? undefined : floorOf(legs, geography),
  };
}

interface Leg {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly times: number;
}

function floorOf(legs: readonly Leg[], geography: Geography): Millis | undefined {
  const all = legs.map(({ from = '', to = '', times }) => {
    const once = geography.floor(from, to);
    return once === undefined ? undefined : times * once;
  });
  return all.reduce((sum, ms) => (sum === undefined || ms === undefined ? undefined : sum + ms), 0);
}

/** Both crossings together, as far as they are known. */
export const crossingMs = ({ networkMs = 0, replayMs = 0 }: Way): Millis => networkMs + replayMs;
