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

type RenderedFile = readonly [name: string, content: string];

/** The page and the summaries of a run. */
export function renderFiles(model: ReportModel): RenderedFile[] {
  return reportFiles.map(([file, format]) => [file, renderRun(model, format)]);
}

/** Writes them into its folder; gives the page's path. Throws a BenchError (fault) if the disk refuses. */
export async function writeReports(dir: string, files: readonly RenderedFile[]): Promise<string> {
  for (const [file, content] of files) await writeWhole(join(dir, file), content);
  return join(dir, 'index.html');
}
