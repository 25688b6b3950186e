import type { Millis } from '../base/units.ts';
import { distanceKm, type Point } from '../world/distance.ts';
import { regions, type RegionCode } from '../world/regions.ts';

/** Light in fibre, at two thirds of its speed in vacuum, km a millisecond. */
const fibreKmPerMs = (2 / 3) * 299.792458;

/**
 * The least that a round trip between two regions can take: light in a fibre along the great circle, both ways.
 * Undefined for a region of which nobody knows where it is.
 */
export function floorMs(
  a: RegionCode,
  b: RegionCode,
  places: ReadonlyMap<RegionCode, Point> = regions,
): Millis | undefined {
  if (a === b) return 0;
  const [from, to] = [places.get(a), places.get(b)];
  if (from === undefined || to === undefined) return undefined;
  return (2 * distanceKm(from, to)) / fibreKmPerMs;
}
