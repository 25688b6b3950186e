import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Guard } from '../guard/guard.ts';
import { writeAccessRules, writePrivate } from './access.ts';
import type { PostgresInstall } from './install.ts';
import { runIn, type ProgramIn } from './run-in.ts';
import { scramVerifier } from './scram.ts';
import type { ServerUser } from './server-user.ts';
import { initArguments } from './settings.ts';
import { troubleIn, troubleOf } from './trouble.ts';

/** What each of these needs to know: who watches over the processes, and when to give up. */
export interface Tending {
  readonly guard: Pick<Guard, 'watch'>;
  readonly signal?: AbortSignal;
}

/** A cluster to create: where, and the password of its superuser. */
export interface NewCluster extends Tending {
  readonly password: string;
}

/**
 * Creates an empty cluster in a new folder, whose parent must be passable (`tempFolder`). Nobody logs in without a
 * password; the superuser is `postgres`. Rejects with a BenchError, or with the signal's reason.
 */
export async function initCluster(
  install: PostgresInstall,
  dataDir: string,
  { password, ...tending }: NewCluster,
): Promise<void> {
  await makeDataFolder(dataDir, install.user);
  const { user } = install;
  if (user === undefined) await runInitdb(install, dataDir, password, tending);
  else await initAsAccount({ ...install, user }, dataDir, password, tending);
}

/** initdb refuses ids without a name: an account makes the files, and the server's user copies them. */
async function initAsAccount(
  install: PostgresInstall & { readonly user: ServerUser },
  dataDir: string,
  password: string,
  tending: Tending,
): Promise<void> {
  const { user } = install;
  const [made, account] = [`${dataDir}.init`, { ...user, uid: user.initUid }];
  const asAccount = { ...install, user: account };
  await makeDataFolder(made, account, 0o750);
  await runInitdb(asAccount, made, password, tending);
  // New files, hence the user's; what the account may read of them no more.
  const copy = { dataDir, command: 'cp', args: ['-RP', `${made}/.`, dataDir] };
  await finish(install, copy, tending);
  // By the account itself: root must not walk through folders in which another user could change something.
  const empty = { dataDir: made, command: '/bin/sh', args: ['-c', 'rm -rf -- *'] };
  await finish(asAccount, empty, tending);
  await rmdir(made);
}

async function runInitdb(
  install: PostgresInstall,
  dataDir: string,
  password: string,
  tending: Tending,
): Promise<void> {
  const passwordFile = `${dataDir}.password`;
  await writePrivate(passwordFile, `${scramVerifier(password)}\n`, install.user);
  const isForGroup = install.user !== undefined;
  const args = initArguments({ dataDir, passwordFile, isForGroup, major: install.major });
  await finish(install, { dataDir, command: join(install.bin, 'initdb'), args }, tending);
  await rm(passwordFile);
}

/** Copies a stopped cluster to a new folder, for a replica of it or for a second one with the same data. */
export async function copyCluster(
  install: PostgresInstall,
  from: string,
  to: string,
  tending: Tending,
): Promise<void> {
  if (existsSync(join(from, 'postmaster.pid'))) throw new Error(`a server runs in ${from}`);
  await makeDataFolder(to, install.user);
  // As the user, so that the copy is the user's; GNU cp shares the blocks where the file system can.
  await finish(install, { dataDir: to, command: 'cp', args: ['-a', `${from}/.`, to] }, tending);
}

async function makeDataFolder(
  dataDir: string,
  user: ServerUser | undefined,
  mode = 0o700,
): Promise<void> {
  try {
    const parent = dirname(dataDir);
    // A strict umask must not close the way to it.
    if ((await mkdir(parent, { recursive: true })) !== undefined) await chmod(parent, 0o711);
    await writeAccessRules(dataDir);
    await mkdir(dataDir);
    await chmod(dataDir, mode);
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
