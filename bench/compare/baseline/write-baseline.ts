import { join, resolve } from 'node:path';
import { makeFolders } from '../../base/make-folders.ts';
import { saying, writeWhole } from '../../samples/write-whole.ts';
import type { Baseline } from './baseline.ts';
import { formatBaseline } from './format.ts';
import { baselineFile } from './open-baseline.ts';

/** Writes a baseline folder, all of it or nothing; gives the file. Throws a BenchError (fault) if the disk refuses. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<string> {
  const dir = resolve(path);
  await saying(`make the folder ${dir}`, () => makeFolders(dir));
  const file = join(dir, baselineFile);
  await writeWhole(file, formatBaseline(baseline));
  return file;
}
