import { isAbsolute, join } from 'node:path';
import { BenchError } from '../../../base/errors.ts';
import { cacheFolders } from './cache-folders.ts';
import { oldestMajor, type PostgresInstall } from './install.ts';
import { platformPackage } from './platform-package.ts';
import { probe, type Probe } from './probe.ts';
import { runnableCopy } from './runnable-copy.ts';
import { serverUser, type ServerUser } from './server-user.ts';

/** Where to look; what is absent is found out. */
export interface FindOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder of the npm package with the programs. */
  readonly packageFolder?: string;
  /** Folders that may hold copies of it, best first. */
  readonly cacheFolders?: readonly string[];
  /** Ends what is asked for its version. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds a Postgres that runs here: the one that BENCH_POSTGRES_BIN names, or the one that npm installed; from a copy of
 * that, if it can't run where it lies. Rejects with a BenchError if there is none.
 */
export async function findPostgres(options: FindOptions = {}): Promise<PostgresInstall> {
  const user = await serverUser();
  const named = (options.env ?? process.env)['BENCH_POSTGRES_BIN'];
  if (named !== undefined && named !== '') return namedInstall(named, user, options.signal);
  const folder = options.packageFolder ?? platformPackage();
  return packageInstall(folder, user, options);
}

async function namedInstall(
  bin: string,
  user: ServerUser | undefined,
  signal: AbortSignal | undefined,
): Promise<PostgresInstall> {
  const tried: Probe = isAbsolute(bin)
    ? await probe(bin, user, signal)
    : { runs: false, reason: 'it is not an absolute path' };
  if (!tried.runs) throw wrongFolder(bin, `has no Postgres that runs: ${tried.reason}`);
  if (tried.major < oldestMajor)
    throw wrongFolder(bin, `has Postgres ${tried.major}, which is too old`);
  return { bin, major: tried.major, user };
}

const wrongFolder = (bin: string, fault: string): BenchError =>
  new BenchError(
    'usage',
    `BENCH_POSTGRES_BIN=${bin} ${fault}.`,
    `Set BENCH_POSTGRES_BIN to the folder that holds postgres and initdb of version ${oldestMajor} or later, or unset it.`,
  );

async function packageInstall(
  folder: string,
  user: ServerUser | undefined,
  options: FindOptions,
): Promise<PostgresInstall> {
  const bin = join(folder, 'native', 'bin');
  const inPlace = await probe(bin, user, options.signal);
  if (inPlace.runs) return { bin, major: inPlace.major, user };
  const copy = await runnableCopy(folder, user, options.cacheFolders ?? cacheFolders());
  if ('install' in copy) return copy.install;
  throw new BenchError(
    'fault',
    `The Postgres in ${folder} does not run (${inPlace.reason}), nor does a copy of it (${copy.reasons.join('; ')}).`,
    `Set BENCH_POSTGRES_BIN to the folder that holds postgres and initdb of an installed Postgres, version ${oldestMajor} or later.`,
  );
}
