import { join } from 'node:path';
import { writeWhole } from '../samples/write-whole.ts';
import type { ReportModel } from './model.ts';
import { renderRun, type Format } from './render.ts';

/** What lies in a run folder beside the measurements. */
const reportFiles: readonly (readonly [string, Format])[] = [
  ['index.html', 'html'],
  ['summary.csv', 'csv'],
  ['summary.json', 'json'],
];

/** Writes the page and the summaries into a run folder; gives the page's path. Throws a BenchError (fault) if the disk refuses. */
export async function writeReports(dir: string, model: ReportModel): Promise<string> {
  for (const [file, format] of reportFiles)
    await writeWhole(join(dir, file), renderRun(model, format));
  return join(dir, 'index.html');
}
