import { lstat, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { unfinishedBeside } from './write-whole.ts';

/**
 * Points `latest`, beside the run, at it. Throws where a file or folder of the user's has that name, which stays, or where
 * links are not allowed: the run is as good without.
 */
export async function linkLatest(dir: string): Promise<void> {
  const link = join(dirname(dir), 'latest');
  const found = await lstat(link).catch(() => undefined);
  if (found?.isSymbolicLink() === false)
    throw new Error(`a ${found.isDirectory() ? 'folder' : 'file'} of yours has that name`);
  const fresh = unfinishedBeside(link);
  try {
    await symlink(relative(dirname(link), dir), fresh, 'dir');
    await rename(fresh, link);
  } catch (error) {
    // A name that nobody else has: what is there is the link.
    await rm(fresh, { force: true });
    throw error;
  }
}
