import { BenchError } from '../../base/errors.ts';
import type { PastRun } from '../../report/history/past-run.ts';
import { visible } from '../../report/words.ts';
import { colorsFor, type Io } from '../io.ts';
import { findRuns } from './find-runs.ts';
import { readPastRun } from './read-past-run.ts';

/** The runs of some folders. One that can't be read is said, and the others go on. */
export async function readHistory(dirs: readonly string[], io: Io): Promise<PastRun[]> {
  const { yellow } = colorsFor(io.err, io.env);
  const warn = (text: string) => io.err.write(`${yellow('warning')} ${visible(text)}\n`);
  const runs: PastRun[] = [];
  for (const dir of await findRuns(dirs)) {
    try {
      const { run, missing } = await readPastRun(dir);
      // A second look at a part of another run is no run of its own.
      if (run.manifest.confirms !== undefined) continue;
      runs.push(run);
      for (const lack of missing) warn(`${dir}: ${lack}`);
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      warn(`${error.message} It is left out.`);
    }
  }
  return runs;
}
