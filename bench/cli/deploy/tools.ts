import { join } from 'node:path';
import { findFlyctl, openFlyctl, type Flyctl } from '../../providers/fly/deploy/flyctl.ts';
import type { Io } from '../io.ts';

/** Where what is deployed is described: the `fly.*.toml` files, and all that flyctl said. */
export const deployFolder = join('reports', 'deploy');

/** The installed flyctl. Throws (usage) if there is none. */
export function installedFlyctl(io: Io): Flyctl {
  return openFlyctl(findFlyctl(io.env), io.env, join(deployFolder, 'flyctl.log'));
}

/** What else there is to do, where nobody agrees. */
export const dryRunShows = 'Say --yes to go on; --dry-run shows what would be done.';
