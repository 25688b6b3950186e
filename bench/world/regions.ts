import type { Millis } from '../base/units.ts';
import table from './rtt.json' with { type: 'json' };

/** A region's code as Fly.io spells it: `cdg`. */
export type RegionCode = string;

export interface Region {
  readonly code: RegionCode;
  /** With its country: `Paris, France`. */
  readonly city: string;
  readonly lat: number;
  readonly lon: number;
  /** No longer offered by Fly.io; the local world keeps it. */
  readonly retired: boolean;
}

/** Where a round-trip time comes from; `data/rtt.json` explains each source. */
export type RttSource = keyof typeof table.sources | 'override' | 'same region';

/** Every region of the world, by code. */
export const regions: ReadonlyMap<RegionCode, Region> = new Map(
  Object.entries(table.regions).map(([code, region]) => [code, { code, ...region }]),
);

/** A round trip as it was published; `also`: what another source says, where it differs by more than 10 %. */
export interface PublishedRtt {
  readonly ms: Millis;
  readonly source: RttSource;
  readonly also?: { readonly ms: Millis; readonly source: RttSource };
}

const published = new Map(Object.entries(table.rtt_ms as Readonly<Record<string, PublishedRtt>>));

/** The pair's key in the table, the same for both directions: `cdg-ord`. */
export function pairKey(a: RegionCode, b: RegionCode): string {
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

/** The table's round-trip time between two regions; undefined for a pair that it lacks. */
export function publishedRtt(a: RegionCode, b: RegionCode): PublishedRtt | undefined {
  return a === b ? { ms: 0, source: 'same region' } : published.get(pairKey(a, b));
}
