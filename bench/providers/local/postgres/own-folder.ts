import { chmod, lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolders } from '../../../samples/make-folders.ts';

/**
 * Makes the folder if need be. Rejects unless it is ours alone to write: in /tmp anybody could have made a folder of this
 * name before, with programs of their own in it.
 */
export async function makeOwn(folder: string): Promise<void> {
  const uid = process.getuid?.() ?? 0;
  await makeFolders(dirname(folder));
  await mkdir(folder).catch(() => undefined);
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0)
    throw new Error(`others can write ${folder}`);
  await chmod(folder, 0o755);
}
