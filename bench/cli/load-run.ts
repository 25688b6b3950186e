import { relative } from 'node:path';
import { BenchError } from '../base/errors.ts';
import { readSamples } from '../k6/output.ts';
import { collectSeries } from '../samples/collect.ts';
import { openRun, type RunOnDisk } from '../samples/open-run.ts';
import type { Series, StaleReads } from '../samples/series.ts';

/** A run folder with its samples grouped. */
export interface LoadedRun {
  /** `missing` also names the files that break off. */
  readonly run: RunOnDisk;
  readonly series: readonly Series[];
  readonly staleReads: readonly StaleReads[];
}

/**
 * Reads a run folder. A file that breaks off is used up to the break, and said to be.
 * Throws a BenchError (usage) if the folder is no run, can't be understood, or a later version wrote it.
 */
export async function loadRun(dir: string): Promise<LoadedRun> {
  const run = await openRun(dir);
  const collector = collectSeries(run.manifest.plan, run.outcomes);
  const broken: string[] = [];
  for (const { vantage, file } of run.samples) {
    const name = relative(run.dir, file);
    try {
      const { truncated } = await readSamples(file, vantage, collector.from(vantage));
      if (truncated) broken.push(`${name} breaks off; everything up to the break is used.`);
    } catch (error) {
      // The other regions are as good as ever.
      if (!(error instanceof BenchError)) throw error;
      broken.push(`${name} can't be used: ${error.message}`);
    }
  }
  return {
    run: { ...run, missing: [...run.missing, ...broken] },
    series: collector.series(),
    staleReads: collector.staleReads(),
  };
}
