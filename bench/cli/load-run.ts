import { relative } from 'node:path';
import type { FileAltered, Warning } from '../base/warnings.ts';
import { alteredFiles, gone } from '../samples/integrity.ts';
import type { Manifest } from '../samples/manifest.ts';
import {
  openRun,
  type KnownOfRun,
  type RunOnDisk,
  type VantageSamples,
} from '../samples/open-run.ts';
import { partOf } from '../samples/part-of.ts';
import { files } from '../samples/run-folder.ts';
import type { Series, StaleReads } from '../samples/series.ts';
import { judgeVantage } from './load-run/judge-vantage.ts';
import type { VantageFiles } from './load-run/read-vantage.ts';
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
 * Reads a run folder. A file that breaks off is used up to the break, and said to be. `known`: what it may lack.
 * Throws a BenchError (usage) if the folder is no run, can't be understood, or a later version wrote it.
 */
export async function loadRun(dir: string, known?: KnownOfRun): Promise<LoadedRun> {
  const run = await judged(await openRun(dir, known));
  const [reads, changed] = await Promise.all([
    readVantages(vantageFiles(run)),
    alteredFiles(run.dir, run.manifest),
  ]);
  const broken = reads.flatMap((read) => read.broken);
  const cut = new Set(reads.flatMap((read) => read.cut));
  const altered = [...reads.flatMap((read) => read.altered), ...changed].map((warning) =>
    cut.has(warning.file) || warning.reason === gone ? warning : withoutLess(warning),
  );
  return {
    run: { ...withWarnings(run, altered), missing: [...run.missing, ...broken] },
    series: inOrder(reads.map(({ series }) => series)),
    staleReads: reads.flatMap(({ staleReads }) => staleReads),
  };
}

/** Fewer bytes, or fewer rows, that end well are others. */
const withoutLess = ({ code, file, reason }: FileAltered): FileAltered => ({ code, file, reason });

/** Found by reading it, so that whoever looks at the run's warnings sees them. */
const withWarnings = (run: RunOnDisk, more: readonly Warning[]): RunOnDisk =>
  more.length === 0
    ? run
    : { ...run, manifest: { ...run.manifest, warnings: [...run.manifest.warnings, ...more] } };

/** A run whose process was killed, or to which samples were added later, has rows that nobody has judged. */
async function judged(run: RunOnDisk): Promise<RunOnDisk> {
  if (run.manifest.startAt === undefined) return run;
  const here = new Set(run.samples.map(({ vantage }) => vantage));
  const others = run.outcomes.blocks.filter(({ vantage }) => !here.has(vantage));
  const blocks = await Promise.all(run.samples.map((samples) => judgeVantage(run, samples)));
  const missing = run.missing.filter((sentence) => !sentence.startsWith(files.outcomes));
  return { ...run, missing, outcomes: { blocks: [...others, ...blocks.flat()] } };
}

function vantageFiles({ dir, manifest, outcomes, samples }: RunOnDisk): VantageFiles[] {
  const { plan } = manifest;
  return plan.vantages.map((vantage) => {
    const there = samples.find((one) => one.vantage === vantage);
    const blocks = outcomes.blocks.filter((block) => block.vantage === vantage);
    return {
      ...{ vantage, plan, outcomes: { blocks }, isOurs: manifest.files !== undefined },
      besides: plan.vantages.length,
      files: there === undefined ? [] : rowsFiles(dir, manifest, there),
    };
  });
}

/** What a part's own file has, other files may have in part: it is read from that one alone. */
function rowsFiles(
  dir: string,
  manifest: Manifest,
  { file, parts }: VantageSamples,
): VantageFiles['files'] {
  const named = (path: string) => ({ file: path, name: relative(dir, path) });
  if (parts.length === 0) return [named(file)];
  const own = new Set(parts.map(({ part }) => part));
  const roundsOf = (isIn: (part: number) => boolean) =>
    Array.from({ length: manifest.plan.rounds }, (_, round) => round).filter((round) =>
      isIn(partOf(manifest, round)),
    );
  return [
    { ...named(file), rounds: roundsOf((part) => !own.has(part)) },
    ...parts.map((one) => ({ ...named(one.file), rounds: roundsOf((part) => part === one.part) })),
  ];
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
