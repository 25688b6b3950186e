import type { Millis } from '../base/units.ts';
import {
  pairKey,
  publishedRtt,
  regions,
  type Region,
  type RegionCode,
  type RttSource,
} from './regions.ts';

/** A set of regions and the distances between them. */
export interface World {
  readonly regions: readonly Region[];
  /** Round-trip time between two of its regions; the same in both directions, 0 within a region. */
  rtt(a: RegionCode, b: RegionCode): Millis;
  source(a: RegionCode, b: RegionCode): RttSource;
}

/** `{'cdg-ord': 116}`: round-trip times that replace the published ones, for experiments. */
export type RttOverrides = Readonly<Record<string, Millis>>;

/** The world of the given regions. Throws on an unknown region: check names before (`config/`). */
export function makeWorld(codes: readonly RegionCode[], overrides: RttOverrides = {}): World {
  const replaced = new Map(
    Object.entries(overrides).map(([pair, ms]) => {
      const [a = '', b = ''] = pair.split('-');
      return [pairKey(a, b), ms];
    }),
  );
  const link = (a: RegionCode, b: RegionCode): { ms: Millis; source: RttSource } => {
    const override = replaced.get(pairKey(a, b));
    const found =
      override === undefined ? publishedRtt(a, b) : { ms: override, source: 'override' as const };
    if (found === undefined) throw new Error(`no round-trip time between ${a} and ${b}`);
    return found;
  };
  return {
    regions: codes.map((code) => {
      const region = regions.get(code);
      if (region === undefined) throw new Error(`no region ${code}`);
      return region;
    }),
    rtt: (a, b) => link(a, b).ms,
    source: (a, b) => link(a, b).source,
  };
}

/** `candidates` from the nearest to the farthest as seen from `from`; equally far ones keep their order. */
export function nearest(
  world: World,
  from: RegionCode,
  candidates: readonly RegionCode[],
): RegionCode[] {
  return [...candidates].sort((a, b) => world.rtt(from, a) - world.rtt(from, b));
}

type Place = Pick<Region, 'lat' | 'lon'>;

/** Great-circle distance in km on a sphere of 6371 km (haversine; Sinnott, Sky & Telescope 68, 1984). */
export function distanceKm(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLon = (b.lon - a.lon) * rad;
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}
