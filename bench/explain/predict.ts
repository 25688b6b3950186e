import type { Millis } from '../base/units.ts';
import type { Estimate } from '../stats/interval.ts';
import { regionOf } from '../world/vantage.ts';
import type { CellCauses } from './causes.ts';
import { nearestOf, type Geography } from './geography.ts';
import type { Placed } from './placed.ts';

/** What the median would be at a vantage if the app were placed so. */
export interface Prediction {
  readonly vantage: string;
  readonly scenario: string;
  readonly step: string;
  readonly placement: string;
  /** The work of `from` at that vantage, and the distances of this placement; its interval is that of the work. */
  readonly predicted: Estimate;
  /** What the run measured for it; undefined where it is no target of the run. */
  readonly measured: Estimate | undefined;
  /** The target that the work was taken from. */
  readonly from: string;
}

/**
 * Predicts a cell under another placement: the same work with other distances. `replays`: whether such requests belong
 * to the primary region, where the app has a choice. Undefined where the cell's work or a distance is not known.
 */
export function predict(
  cell: CellCauses,
  placed: Placed,
  replays: boolean,
  geography: Geography,
): Omit<Prediction, 'measured'> | undefined {
  const { vantage, scenario, step, work, queries, target: from } = cell;
  const ms = distancesMs(vantage, placed, queries ?? 0, replays, geography);
  if (work === undefined || ms === undefined) return undefined;
  const { centre, interval } = work;
  const predicted = {
    centre: ms + centre,
    ...(interval === undefined
      ? {}
      : { interval: { low: ms + interval.low, high: ms + interval.high } }),
  };
  return { vantage, scenario, step, placement: placed.name, predicted, from };
}

/** All distances that a request covers: to the nearest machine, on to the primary region if need be, and by query. */
function distancesMs(
  vantage: string,
  { name, primary, machines, databases }: Placed,
  queries: number,
  replays: boolean,
  geography: Geography,
): Millis | undefined {
  const rtt = (a: string | undefined, b: string | undefined) =>
    a === undefined || b === undefined ? undefined : geography.rtt(name, a, b);
  const here = regionOf(vantage);
  const first = nearestOf(geography, name, here, machines);
  const goesOn = replays && databases.length > 1 && first !== primary;
  const serving = goesOn ? primary : first;
  const database =
    serving === undefined ? undefined : nearestOf(geography, name, serving, databases);
  const legs = [rtt(here, first), goesOn ? rtt(here, primary) : 0, rtt(serving, database)] as const;
  const [there, onwards, query] = legs;
  if (there === undefined || onwards === undefined || query === undefined) return undefined;
  return there + onwards + queries * query;
}
