import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { files, partialOf } from '../../samples/run-folder.ts';

/**
 * The run folders that somebody meant: each path is one, or holds some. Each once, however often it is named
 * (`latest` is a link to one of its neighbours). A path without a run comes back as it is: reading it says what is wrong.
 */
export async function findRuns(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) found.push(...(await runsAt(path)));
  const real = await Promise.all(found.map((dir) => realpath(dir).catch(() => dir)));
  return [
    ...new Map(found.map((dir, i) => [real[i], dir]).reverse() as [string, string][]).values(),
  ].reverse();
}

async function runsAt(path: string): Promise<string[]> {
  if (isRun(path) || isRun(partialOf(path))) return [path];
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const inside = entries
    // `latest` is a link.
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort()
    .map((name) => join(path, name))
    .filter(isRun);
  return inside.length > 0 ? inside : [path];
}

const isRun = (dir: string): boolean => existsSync(join(dir, files.manifest));
