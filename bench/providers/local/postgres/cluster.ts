import { existsSync } from 'node:fs';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Guard } from '../guard/guard.ts';
import type { PostgresInstall } from './install.ts';
import { runIn, type ProgramIn } from './run-in.ts';
import { initArguments } from './settings.ts';
import { troubleIn, troubleOf } from './trouble.ts';

/** What each of these needs to know: who watches over the processes, and when to give up. */
export interface Tending {
  readonly guard: Pick<Guard, 'watch'>;
  readonly signal?: AbortSignal;
}

/**
 * Creates an empty cluster in a new folder, whose parent must be passable (`tempFolder`). The superuser is `postgres`,
 * without a password. Rejects with a BenchError, or with the signal's reason.
 */
export async function initCluster(
  install: PostgresInstall,
  dataDir: string,
  tending: Tending,
): Promise<void> {
  const args = initArguments(dataDir, install.major);
  await makeDataFolder(install, dataDir);
  await finish(install, { dataDir, command: join(install.bin, 'initdb'), args }, tending);
}

/** Copies a stopped cluster to a new folder, for a replica of it or for a second one with the same data. */
export async function copyCluster(
  install: PostgresInstall,
  from: string,
  to: string,
  tending: Tending,
): Promise<void> {
  if (existsSync(join(from, 'postmaster.pid'))) throw new Error(`a server runs in ${from}`);
  await makeDataFolder(install, to);
  // As the user, so that the copy is the user's; GNU cp shares the blocks where the file system can.
  await finish(install, { dataDir: to, command: 'cp', args: ['-a', `${from}/.`, to] }, tending);
}

async function makeDataFolder({ user }: PostgresInstall, dataDir: string): Promise<void> {
  try {
    const parent = dirname(dataDir);
    // A strict umask must not close the way to it.
    if ((await mkdir(parent, { recursive: true })) !== undefined) await chmod(parent, 0o711);
    await mkdir(dataDir, { mode: 0o700 });
    if (user !== undefined) await chown(dataDir, user.uid, user.gid);
  } catch (error) {
    throw troubleOf(`create its data in ${dataDir}`, String(error));
  }
}

async function finish(
  install: PostgresInstall,
  program: Omit<ProgramIn, 'endSignal'>,
  { guard, signal }: Tending,
): Promise<void> {
  signal?.throwIfAborted();
  const child = await runIn(install, guard, { ...program, endSignal: 'SIGTERM' });
  const abort = (): void => void child.process.kill('SIGTERM');
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const exit = await child.exited;
  signal?.removeEventListener('abort', abort);
  signal?.throwIfAborted();
  if (!('code' in exit) || exit.code !== 0)
    throw await troubleIn(`create its data in ${program.dataDir}`, child.log);
}
