import { access, lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../base/errors.ts';
import type { IndexedRun } from '../report/index-page/indexed-run.ts';
import { indexPage, isIndexPage } from '../report/index-page/index-page.ts';
import { writeWhole } from '../samples/write-whole.ts';
import { indexedRun } from './index-page/indexed-run.ts';
import type { Io } from './io.ts';

/**
 * Writes the page that lists the runs beside `dir` with their verdicts, where `latest` lies among them: a folder of
 * ours. Best effort: the run is as good without.
 */
export async function renewIndexPage(dir: string, { err }: Io): Promise<void> {
  const folder = dirname(dir);
  try {
    await access(join(folder, 'latest'));
  } catch {
    return;
  }
  const file = join(folder, 'index.html');
  if (!(await isReplaceable(file))) return;
  try {
    const names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const runs: IndexedRun[] = [];
    for (const name of names) {
      const run = await indexedRun(folder, name);
      if (run !== undefined) runs.push(run);
    }
    await writeWhole(file, indexPage(runs));
  } catch (error) {
    err.write(`The list of runs was not renewed: ${messageOf(error)}\n`);
  }
}

/** Nothing, or an earlier list: a page of the user's stays, whoever put a `latest` beside it. */
async function isReplaceable(file: string): Promise<boolean> {
  try {
    if (!(await lstat(file)).isFile()) return false;
    return isIndexPage(await readFile(file, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}
