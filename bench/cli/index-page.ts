import { visible } from '../base/visible.ts';
import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../base/errors.ts';
import type { IndexedRun } from '../report/index-page/indexed-run.ts';
import { indexPage } from '../report/index-page/index-page.ts';
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
  try {
    const names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const runs: IndexedRun[] = [];
    for (const name of names) {
      const run = await indexedRun(folder, name);
      if (run !== undefined) runs.push(run);
    }
    const page = indexPage(runs);
    await writeWhole(join(folder, 'index.html'), page);
  } catch (error) {
    err.write(`The list of runs was not renewed: ${visible(messageOf(error))}\n`);
  }
}
