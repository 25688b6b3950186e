import type { Millis } from '../base/units.ts';
import { estimatedRtt } from './estimated-rtt.ts';
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

/**
 * The world of the given regions. `more`: regions that the table lacks, whose round trips are estimated. Throws on an
 * unknown region: check names before (`config/`).
 */
export function makeWorld(
  codes: readonly RegionCode[],
  overrides: RttOverrides = {},
  more: readonly Region[] = [],
): World {
  const known = new Map([...regions.values(), ...more].map((region) => [region.code, region]));
  const regionOf = (code: RegionCode): Region => {
    const region = known.get(code);
    if (region === undefined) throw new Error(`no region ${code}`);
    return region;
  };
  const replaced = new Map(
    Object.entries(overrides).map(([pair, ms]) => {
      const [a = '', b = ''] = pair.split('-');
      return [pairKey(a, b), ms];
    }),
  );
  const link = (a: RegionCode, b: RegionCode): { ms: Millis; source: RttSource } => {
    const override = replaced.get(pairKey(a, b));
    if (override !== undefined) return { ms: override, source: 'override' };
    return publishedRtt(a, b) ?? { ms: estimatedRtt(regionOf(a), regionOf(b)), source: 'estimate' };
  };
  return {
    regions: codes.map(regionOf),
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
