import { join } from 'node:path';
import { openRun } from './open-run.ts';
import { outcomesText } from './outcomes-text.ts';
import { files } from './run-folder.ts';
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
