import { join } from 'node:path';
import { writeWhole } from '../samples/write-whole.ts';
import type { ReportModel } from './model.ts';
import { renderRun, type Format } from './render.ts';

/** What lies in a run folder beside the measurements, the page last. */
const reportFiles: readonly (readonly [string, Format])[] = [
  ['summary.csv', 'csv'],
  ['summary.json', 'json'],
  ['index.html', 'html'],
];

type RenderedFile = readonly [name: string, content: string];

/** The summaries and the page of a run, the page last. */
export function renderFiles(model: ReportModel): RenderedFile[] {
  return reportFiles.map(([file, format]) => [file, renderRun(model, format)]);
}

/** Where the page of a run is. */
export const pageIn = (dir: string): string => join(dir, 'index.html');

/**
 * Writes them into a run folder; gives whether the page was written. `each` carries out one of the writes, which throws a
 * BenchError (fault) if the disk refuses, and gives whether it was done.
 */
export async function writeReports(
  dir: string,
  files: readonly RenderedFile[],
  each: (write: () => Promise<void>) => Promise<boolean> = (write) => write().then(() => true),
): Promise<boolean> {
  let isLastWritten = false;
  for (const [file, content] of files)
    isLastWritten = await each(() => writeWhole(join(dir, file), content));
  return isLastWritten;
}
