import type { BenchConfig } from '../../config/config.ts';
import { flyAccess, flyToken, machinesClient } from '../../providers/fly/machines.ts';
import type { FlyRegion } from '../../providers/fly/machines-api.ts';
import { decideRegions } from '../../providers/fly/regions-preflight.ts';
import { knownRegions } from '../fly/decide-regions.ts';
import type { Io } from '../io.ts';

/**
 * The configuration with the regions that will really be used. Throws (usage) for one that Fly has no longer, and
 * nothing takes its place. `offline`: nobody is asked; nor can anybody be without a token, if flyctl alone is logged in.
 */
export async function liveRegions(
  config: BenchConfig,
  offline: boolean,
  io: Io,
): Promise<BenchConfig> {
  const asked = offline || flyToken(io.env) === undefined ? knownRegions() : await ask(io);
  const { regions, vantages, primary } = decideRegions({
    wanted: config.regions,
    primary: config.primary,
    substitutes: config.substitutes,
    live: asked,
  });
  return { ...config, regions, vantages, primary };
}

async function ask(io: Io): Promise<readonly FlyRegion[]> {
  const api = machinesClient(flyAccess(io.env));
  try {
    return await api.regions(io.signal);
  } finally {
    await api.close();
  }
}
