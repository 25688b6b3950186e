import { rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Points `latest`, beside the run, at it. Throws the system's error where that can't be: the run is as good without. */
export async function linkLatest(dir: string): Promise<void> {
  const link = join(dirname(dir), 'latest');
  const fresh = `${link}.${process.pid}`;
  try {
    await symlink(relative(dirname(link), dir), fresh, 'dir');
    await rename(fresh, link);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
