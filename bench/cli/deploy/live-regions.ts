import type { BenchConfig } from '../../config/config.ts';
import { flyToken } from '../../providers/fly/machines.ts';
import { withFly } from '../fly/connection.ts';
import { decidedRegions } from '../fly/decide-regions.ts';
import type { Io } from '../io.ts';

/**
 * The configuration with the regions that will really be used. Throws (usage) for one that Fly has no longer, and
 * nothing takes its place. Without a token nobody can be asked, if flyctl alone is logged in.
 */
export async function liveRegions(config: BenchConfig, io: Io): Promise<BenchConfig> {
  const decided =
    flyToken(io.env) === undefined
      ? await decidedRegions(config, undefined, io.signal)
      : await withFly(io, ({ api }) => decidedRegions(config, api, io.signal));
  return decided.config;
}
