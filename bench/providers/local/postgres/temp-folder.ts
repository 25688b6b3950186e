import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError, messageOf } from '../../../base/errors.ts';
import type { PostgresInstall } from './install.ts';
import { mustReach } from './reach.ts';

/**
 * Makes a new folder that is ours and that the user who runs Postgres can pass through, so that data folders can lie in
 * it. In the system's folder for temporary files, or, if that is closed to this user, in another one.
 */
export async function tempFolder(
  { user }: Pick<PostgresInstall, 'user'>,
  candidates: readonly string[] = [...new Set([tmpdir(), '/tmp', '/var/tmp'])],
): Promise<string> {
  const refusals: string[] = [];
  for (const candidate of candidates) {
    try {
      return await folderIn(candidate, user);
    } catch (error) {
      refusals.push(messageOf(error).split('\n')[0] ?? '');
    }
  }
  throw new BenchError(
    'fault',
    `No folder for temporary files will do for the databases: ${refusals.join('; ')}.`,
    'Set TMPDIR to a folder that can be written and that other users may enter.',
  );
}

async function folderIn(parent: string, user: PostgresInstall['user']): Promise<string> {
  const folder = await mkdtemp(join(parent, 'bench-'));
  if (user === undefined) return folder;
  try {
    await chmod(folder, 0o711);
    await mustReach(user, folder);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
