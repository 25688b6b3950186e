import type { BenchConfig } from '../../config/config.ts';
import { flyToken } from '../../providers/fly/machines.ts';
import { withFly } from '../fly/connection.ts';
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
  const { config: decided } = isAsked
    ? await withFly(io, ({ api }) => decidedRegions(config, api, io.signal))
    : await decidedRegions(config, undefined, io.signal);
  return decided;
}
