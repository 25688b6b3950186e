import { chmod } from 'node:fs/promises';
import { dirname } from 'node:path';
import { changeableBy } from './changeable.ts';
import { makeFolders } from './make-folders.ts';

/**
 * Makes the folder if need be, for all to read. Rejects unless it, and the way to it, is ours alone to write: whoever
 * else could write there could put programs of their own in it, which we would run.
 */
export async function makeOwn(folder: string): Promise<void> {
  // Not more than that, whatever the umask: what others can write is refused.
  await makeFolders(dirname(folder), 0o755);
  await makeFolders(folder, 0o755);
  const who = await changeableBy(folder);
  if (who !== undefined) throw new ChangeableFolder(who);
  await chmod(folder, 0o755);
}

/** A folder that others can write, where only we may. */
export class ChangeableFolder extends Error {
  override readonly name = 'ChangeableFolder';
}
