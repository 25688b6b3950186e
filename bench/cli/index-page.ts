import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { indexPage } from '../report/index-page/index-page.ts';
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
  const write = async () => {
    const names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const runs = await Promise.all(names.map((name) => indexedRun(folder, name)));
    const page = indexPage(runs.filter((run) => run !== undefined));
    await writeWhole(join(folder, 'index.html'), page);
  };
  const fix = `Check that ${folder} may be written; bench report writes it again.`;
  await after.may(write, 'The list of runs was not renewed', fix);
}
