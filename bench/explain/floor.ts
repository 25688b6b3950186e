import type { Millis } from '../base/units.ts';
import { regions } from '../world/regions.ts';
import { distanceKm } from '../world/world.ts';

/** Light in fibre, at two thirds of its speed in vacuum, km a millisecond. */
const fibreKmPerMs = (2 / 3) * 299.792458;

/**
 * The least that a round trip between two regions can take: light in a fibre along the great circle, both ways.
 * Undefined for a region that the world does not know.
 */
export function floorMs(a: string, b: string): Millis | undefined {
  if (a === b) return 0;
  const [from, to] = [regions.get(a), regions.get(b)];
  if (from === undefined || to === undefined) return undefined;
  return (2 * distanceKm(from, to)) / fibreKmPerMs;
}
