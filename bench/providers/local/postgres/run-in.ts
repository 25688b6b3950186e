import { spawnWatched, type WatchedChild } from '../children.ts';
import type { Guard } from '../guard/guard.ts';
import { asUser } from './as-user.ts';
import type { PostgresInstall } from './install.ts';
import { troubleOf } from './trouble.ts';

/** A program for one data folder: where it runs, with its output in `<dataDir>.log`. */
export interface ProgramIn {
  readonly dataDir: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly endSignal: NodeJS.Signals;
}

/** Starts the program as the user who runs Postgres. Rejects with a BenchError if it can't be started. */
export async function runIn(
  install: PostgresInstall,
  guard: Pick<Guard, 'watch'>,
  { dataDir, command, args, endSignal }: ProgramIn,
): Promise<WatchedChild> {
  try {
    return await spawnWatched(guard, command, args, {
      ...asUser(install.user),
      cwd: dataDir,
      log: `${dataDir}.log`,
      endSignal,
    });
  } catch (error) {
    throw troubleOf('start', String(error));
  }
}
