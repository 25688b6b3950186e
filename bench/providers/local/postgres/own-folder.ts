import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Our folder in a cache folder, made if need be. Rejects unless it is ours alone to write: in /tmp anybody could have
 * made a folder of this name before, with programs of their own in it.
 */
export async function ownFolder(cache: string): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const folder = join(cache, `global-latency-bench-${uid}`);
  await mkdir(cache, { recursive: true });
  await mkdir(folder).catch(() => undefined);
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o022) !== 0)
    throw new Error(`others can write ${folder}`);
  await chmod(folder, 0o755);
  return folder;
}
