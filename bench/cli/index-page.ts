import { access, lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { IndexedRun } from '../report/index-page/indexed-run.ts';
import { indexPage, isIndexPage } from '../report/index-page/index-page.ts';
import { writeWhole } from '../samples/write-whole.ts';
import type { EachByItself } from './each-by-itself.ts';
import { indexedRun } from './index-page/indexed-run.ts';

/**
 * Writes the page that lists the runs beside `dir` with their verdicts, where `latest` lies among them: a folder of
 * ours. The run is as good without.
 */
export async function renewIndexPage(dir: string, after: Pick<EachByItself, 'may'>): Promise<void> {
  const folder = dirname(dir);
  try {
    await access(join(folder, 'latest'));
  } catch {
    return;
  }
  const file = join(folder, 'index.html');
  if (!(await isReplaceable(file))) return;
  const write = async () => {
    const names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const runs: IndexedRun[] = [];
    for (const name of names) {
      const run = await indexedRun(folder, name);
      if (run !== undefined) runs.push(run);
    }
    await writeWhole(file, indexPage(runs));
  };
  const fix = `Check that ${folder} may be written; bench report writes it again.`;
  await after.may(write, 'The list of runs was not renewed', fix);
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
