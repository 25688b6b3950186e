import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { asUser } from './as-user.ts';
import type { ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** Rejects unless the user can enter the folder: every folder above it must let others pass. */
export async function mustReach(user: ServerUser | undefined, folder: string): Promise<void> {
  try {
    await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...asUser(user), cwd: '/' });
  } catch (cause) {
    throw new Error(`${user?.name ?? 'we'} may not enter ${folder}`, { cause });
  }
}
