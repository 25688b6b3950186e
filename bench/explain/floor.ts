import type { Millis } from '../base/units.ts';
import { lightMs, type Point } from '../world/distance.ts';
import { regions, type RegionCode } from '../world/regions.ts';

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
  return lightMs(from, to);
}
