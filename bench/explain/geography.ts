import type { Millis } from '../base/units.ts';
import type { Manifest } from '../samples/manifest.ts';
import { regionsOfRun } from '../samples/regions-of-run.ts';
import { rttBetween } from '../samples/rtt-between.ts';
import type { RegionCode } from '../world/regions.ts';
import { floorMs } from './floor.ts';
import type { Placed } from './placed.ts';

/** What is known of where a run's targets are. */
export interface Geography {
  /** The round trip in force for the target; undefined where none is known, as between this machine and a URL. */
  rtt(target: string, a: RegionCode, b: RegionCode): Millis | undefined;
  /** The least that a round trip can take; undefined for a region of which nobody knows where it is. */
  floor(a: RegionCode, b: RegionCode): Millis | undefined;
  /** Undefined for a target that is somebody's own. */
  placed(target: string): Placed | undefined;
}

export function geographyOf(manifest: Manifest, placements: readonly Placed[]): Geography {
  const urls = new Set(
    manifest.plan.targets.filter(({ kind }) => kind === 'url').map(({ name }) => name),
  );
  const places = regionsOfRun(manifest);
  return {
    floor: (a, b) => floorMs(a, b, places),
    rtt: (target, a, b) => (urls.has(target) ? undefined : rttBetween(manifest, a, b, target)),
    placed: (target) =>
      urls.has(target) ? undefined : placements.find(({ name }) => name === target),
  };
}

/** The one of the regions that is nearest; of equally near ones the first. Undefined if a distance is not known. */
export function nearestOf(
  geography: Geography,
  target: string,
  from: RegionCode,
  candidates: readonly RegionCode[],
): RegionCode | undefined {
  // Nothing is nearer, whatever else is not known.
  if (candidates.includes(from)) return from;
  const reached = candidates.map((region) => ({ region, ms: geography.rtt(target, from, region) }));
  if (reached.some(({ ms }) => ms === undefined)) return undefined;
  return reached.sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0))[0]?.region;
}
