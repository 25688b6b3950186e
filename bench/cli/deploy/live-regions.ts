import type { BenchConfig } from '../../config/config.ts';
import { flyAccess, flyToken, machinesClient } from '../../providers/fly/machines.ts';
import { decidedRegions } from '../fly/decide-regions.ts';
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
  const isAsked = !offline && flyToken(io.env) !== undefined;
  const api = isAsked ? machinesClient(flyAccess(io.env)) : undefined;
  try {
    return (await decidedRegions(config, api, io.signal)).config;
  } finally {
    await api?.close();
  }
}
