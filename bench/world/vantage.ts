import type { RegionCode } from './regions.ts';

/** Where a load generator runs, as results name it: a region's code, or `gru (for scl)` where it stands in for another. */
export type Vantage = string;

/** The name of the vantage in `region` that was wanted in `wanted`. */
export function vantageIn(region: RegionCode, wanted: RegionCode): Vantage {
  return region === wanted ? region : `${region} (for ${wanted})`;
}

/** The region in which a vantage really is. */
export function regionOf(vantage: Vantage): RegionCode {
  return vantage.split(' ', 1)[0] ?? vantage;
}

/** The region for which a vantage was wanted: its own, unless it stands in for another. */
export function wantedOf(vantage: Vantage): RegionCode {
  return / \(for (.+)\)$/.exec(vantage)?.[1] ?? vantage;
}

/** Under which names people may mean a vantage, the narrowest first: its own, the region wanted, where it really is. */
export function namesOf(vantage: Vantage): readonly string[] {
  return [...new Set([vantage, wantedOf(vantage), regionOf(vantage)])];
}
