import type { BenchConfig } from '../../config/config.ts';
import { suggest } from '../../config/nearest-name.ts';
import type { FlyRegion, MachinesApi } from '../../providers/fly/machines-api.ts';
import { decideRegions } from '../../providers/fly/regions-preflight.ts';
import { regions } from '../../world/regions.ts';

/** Where a run will really measure: regions that Fly has no longer are replaced, or stop it. */
export async function decidedRegions(
  config: BenchConfig,
  api: MachinesApi | undefined,
  signal: AbortSignal,
): Promise<{ config: BenchConfig; notes: readonly string[] }> {
  const live = api === undefined ? knownRegions() : await api.regions(signal);
  const {
    regions: codes,
    vantages,
    primary,
    newRegions,
    notes,
  } = decideRegions({
    wanted: config.regions,
    primary: config.primary,
    substitutes: config.substitutes,
    live,
    isAsked: api !== undefined,
    suggest,
  });
  const decided = { ...config, regions: codes, vantages, primary, newRegions };
  // The distances are real: what a file says of those of the local world means nothing here.
  return { config: { ...decided, rttOverrides: {}, rttOverridesOf: new Map() }, notes };
}

/** Where nobody can be asked: what was live when this version was made. */
function knownRegions(): FlyRegion[] {
  return [...regions.values()].map(({ code, city, lat, lon, retired }) => ({
    ...{ code, name: city, latitude: lat, longitude: lon, deprecated: retired },
  }));
}
