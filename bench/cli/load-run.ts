import { relative } from 'node:path';
import { openRun, type RunOnDisk } from '../samples/open-run.ts';
import type { Series, StaleReads } from '../samples/series.ts';
import type { VantageFile } from './load-run/read-vantage.ts';
import { readVantages } from './load-run/read-vantages.ts';

/** A run folder with its samples grouped. */
export interface LoadedRun {
  /** `missing` also names the files that break off. */
  readonly run: RunOnDisk;
  /** In the plan's order: by scenario, step and target, and within them by vantage. */
  readonly series: readonly Series[];
  readonly staleReads: readonly StaleReads[];
}

/**
 * Reads a run folder. A file that breaks off is used up to the break, and said to be.
 * Throws a BenchError (usage) if the folder is no run, can't be understood, or a later version wrote it.
 */
export async function loadRun(dir: string): Promise<LoadedRun> {
  const run = await openRun(dir);
  const reads = await readVantages(vantageFiles(run));
  const broken = reads.flatMap((read) => read.broken ?? []);
  return {
    run: { ...run, missing: [...run.missing, ...broken] },
    series: inOrder(reads.map(({ series }) => series)),
    staleReads: reads.flatMap(({ staleReads }) => staleReads),
  };
}

function vantageFiles({ dir, manifest: { plan }, outcomes, samples }: RunOnDisk): VantageFile[] {
  return plan.vantages.map((vantage) => {
    const file = samples.find((sample) => sample.vantage === vantage)?.file;
    const blocks = outcomes.blocks.filter((block) => block.vantage === vantage);
    const name = file === undefined ? vantage : relative(dir, file);
    return { vantage, file, name, plan, outcomes: { blocks } };
  });
}

/** Every vantage has its series in the plan's order; the same workload of all of them stands together. */
function inOrder(vantages: readonly (readonly Series[])[]): Series[] {
  const groups = new Map<string, Series[]>();
  for (const one of vantages.flat()) {
    const key = `${one.scenario}\n${one.step}\n${one.target}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].flat();
}
