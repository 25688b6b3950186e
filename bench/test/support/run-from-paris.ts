import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBench, type Running } from './bench.ts';

/** Starts `bench run` from Paris alone, into the folder `run`; killed with the test. */
export async function runFromParis(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const running = await startBench(['run', '--regions', 'cdg', '--out', 'run', ...args], env);
  running.child.stdin.end();
  return running;
}

/** A JSON file of the run folder. */
export const readRun = async <T>({ folder }: Running, file: string): Promise<T> =>
  JSON.parse(await readFile(join(folder, 'run', file), 'utf8')) as T;
