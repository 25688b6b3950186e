import type { BenchConfig } from '../../config/config.ts';
import { flyToken } from '../../providers/fly/machines.ts';
import { defaultOrg, personal } from '../../providers/fly/token-org.ts';
import { withFly } from '../fly/connection.ts';
import { decidedRegions } from '../fly/decide-regions.ts';
import type { Io } from '../io.ts';

/** What Fly itself says before anything is deployed. */
export interface LivePlace {
  /** With the regions that will really be used. */
  readonly config: BenchConfig;
  /** Where apps are made: where somebody says, or else where the token is for. */
  readonly org: string;
}

/**
 * Where will really be deployed. Throws (usage) for a region that Fly has no longer, and nothing takes its place.
 * Without a token nobody can be asked, if flyctl alone is logged in.
 */
export async function livePlace(config: BenchConfig, io: Io): Promise<LivePlace> {
  const { signal } = io;
  const { org } = config.fly;
  if (flyToken(io.env) === undefined) {
    const decided = await decidedRegions(config, undefined, signal);
    return { config: decided.config, org: org ?? personal };
  }
  return withFly(io, async ({ api }) => {
    const decided = await decidedRegions(config, api, signal);
    return { config: decided.config, org: org ?? (await defaultOrg(api, signal)) };
  });
}
