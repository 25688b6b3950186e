import { join } from 'node:path';
import { findFlyctl, openFlyctl, type Flyctl } from '../../providers/fly/deploy/flyctl.ts';
import type { Io } from '../io.ts';
import { makeProgress, type Progress } from '../progress.ts';

/** Where what is deployed is described: the `fly.*.toml` files, and all that flyctl said. */
export const deployFolder = join('reports', 'deploy');

/** The installed flyctl. Throws (usage) if there is none. */
export function installedFlyctl(io: Io): Flyctl {
  return openFlyctl(findFlyctl(io.env), io.env, join(deployFolder, 'flyctl.log'));
}

/** Shows progress while the work is under way, and only then: nothing moves while a person is asked. */
export async function withProgress<T>(
  { quiet, io }: { readonly quiet: boolean; readonly io: Io },
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = makeProgress(io, quiet);
  try {
    return await work(progress);
  } finally {
    progress.stop();
  }
}
