import { relative } from 'node:path';
import { readSamples } from '../k6/output.ts';
import { openRun, type RunOnDisk } from '../samples/open-run.ts';
import { tallyOutcomes } from '../samples/outcomes.ts';
import { files } from '../samples/run-folder.ts';
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
  const run = await judged(await openRun(dir));
  const reads = await readVantages(vantageFiles(run));
  const broken = reads.flatMap((read) => read.broken ?? []);
  return {
    run: { ...run, missing: [...run.missing, ...broken] },
    series: inOrder(reads.map(({ series }) => series)),
    staleReads: reads.flatMap(({ staleReads }) => staleReads),
  };
}

/**
 * A run whose process was killed has rows and no outcomes: they follow from the rows, the plan and the agreed start.
 * How busy the generators were is lost.
 */
async function judged(run: RunOnDisk): Promise<RunOnDisk> {
  const { manifest, outcomes, samples } = run;
  const { plan, startAt } = manifest;
  if (outcomes.blocks.length > 0 || startAt === undefined) return run;
  const blocks = await Promise.all(
    samples.map(async ({ vantage, file }) => {
      const tally = tallyOutcomes(plan, vantage, startAt);
      await readSamples(file, vantage, tally);
      return tally.outcomes([], false);
    }),
  );
  const missing = run.missing.filter((sentence) => !sentence.startsWith(files.outcomes));
  return { ...run, missing, outcomes: { blocks: blocks.flat() } };
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
