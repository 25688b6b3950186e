import { join } from 'node:path';
import { recordFiles } from './integrity.ts';
import { openRun } from './open-run.ts';
import { outcomesText } from './outcomes-text.ts';
import { files, manifestText } from './run-folder.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Forgets how the blocks of a vantage were judged, as its rows are others now: whoever reads the run judges them from
 * the rows. Nothing happens where there is no run.
 */
export async function forgetOutcomes(dir: string, vantage: string): Promise<void> {
  const run = await openRun(dir).catch(() => undefined);
  if (run === undefined || run.outcomes.blocks.length === 0) return;
  const blocks = run.outcomes.blocks.filter((block) => block.vantage !== vantage);
  await writeWhole(join(run.dir, files.outcomes), outcomesText({ blocks }));
}

/**
 * Notes that rows came to a run after its end: they are part of what it holds from now on. `changed`: the names of the
 * files that we wrote; what else was altered meanwhile stays noticed. Nothing happens where nothing was recorded.
 */
export async function recordAgain(dir: string, changed: readonly string[]): Promise<void> {
  const run = await openRun(dir).catch(() => undefined);
  if (run?.manifest.files === undefined) return;
  const now = await recordFiles(run.dir);
  const recorded = { ...run.manifest.files };
  for (const name of changed) if (now[name] !== undefined) recorded[name] = now[name];
  await writeWhole(
    join(run.dir, files.manifest),
    manifestText({ ...run.manifest, files: recorded }),
  );
}
