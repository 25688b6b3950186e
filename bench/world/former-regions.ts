import { distanceKm, type Point } from './distance.ts';
import { regions, type Region, type RegionCode } from './regions.ts';

/** Latitude and longitude of regions that Fly.io gave up in 2025, and for which this world has no distances. */
export const formerRegions: ReadonlyMap<RegionCode, Point> = new Map([
  ['atl', { lat: 33.64, lon: -84.43 }],
  ['bog', { lat: 4.7, lon: -74.15 }],
  ['bos', { lat: 42.37, lon: -71.01 }],
  ['den', { lat: 39.86, lon: -104.67 }],
  ['eze', { lat: -34.82, lon: -58.54 }],
  ['gdl', { lat: 20.52, lon: -103.31 }],
  ['gig', { lat: -22.81, lon: -43.24 }],
  ['hkg', { lat: 22.31, lon: 113.92 }],
  ['mad', { lat: 40.49, lon: -3.57 }],
  ['mia', { lat: 25.79, lon: -80.29 }],
  ['otp', { lat: 44.57, lon: 26.1 }],
  ['phx', { lat: 33.43, lon: -112.01 }],
  ['qro', { lat: 20.62, lon: -100.19 }],
  ['sea', { lat: 47.45, lon: -122.31 }],
  ['waw', { lat: 52.17, lon: 20.97 }],
  ['yul', { lat: 45.47, lon: -73.74 }],
]);

/** The live region nearest to one that Fly.io gave up; undefined for a code that was none. */
export function nearestToFormer(code: RegionCode): Region | undefined {
  const here = formerRegions.get(code);
  if (here === undefined) return undefined;
  const live = [...regions.values()].filter(({ retired }) => !retired);
  return live.sort((a, b) => distanceKm(here, a) - distanceKm(here, b))[0];
}
