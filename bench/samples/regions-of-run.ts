import { regions, type RegionCode } from '../world/regions.ts';
import type { Manifest, RegionOfRun } from './manifest.ts';

/** Every region that the table knows, and those that only the run knows. */
export function regionsOfRun({
  regions: found = {},
}: Pick<Manifest, 'regions'>): ReadonlyMap<RegionCode, RegionOfRun> {
  return new Map<RegionCode, RegionOfRun>([...Object.entries(found), ...regions]);
}
