import { BenchError } from '../../base/errors.ts';
import { readSamples } from '../../k6/output.ts';
import type { Plan } from '../../plan/plan.ts';
import type { FileAltered } from '../../base/warnings.ts';
import { bothSinks } from '../../samples/both-sinks.ts';
import { collectSeries } from '../../samples/collect.ts';
import type { SampleSink } from '../../samples/extra.ts';
import { most } from '../../samples/limits.ts';
import type { Outcomes } from '../../samples/outcome.ts';
import { Recount } from '../../samples/recount.ts';
import type { Series, StaleReads } from '../../samples/series.ts';

/** A file with rows of a vantage. */
export interface RowsFile {
  readonly file: string;
  /** As messages call it. */
  readonly name: string;
  /** The rounds that are read from it; all, if that is not said. */
  readonly rounds?: readonly number[];
}

/** What is read of one vantage; plain data, as it goes to another thread. */
export interface VantageFiles {
  readonly vantage: string;
  /** None where it has no rows. */
  readonly files: readonly RowsFile[];
  readonly plan: Plan;
  readonly outcomes: Outcomes;
  /** This version judged it: every count must be as it was, not only their sums. */
  readonly isOurs?: boolean;
  /** How many of them there are: they share the memory. */
  readonly besides?: number;
}

export interface VantageRead {
  readonly series: readonly Series[];
  readonly staleReads: readonly StaleReads[];
  /** What is wrong with the files, a sentence each. */
  readonly broken: readonly string[];
  /** The names of files that break off. */
  readonly cut: readonly string[];
  /** Rows that are not those of the outcomes. */
  readonly altered: readonly FileAltered[];
}

/** Groups the samples of one vantage; what can't be read is said, as the other regions are as good as ever. */
export async function readVantage(one: VantageFiles): Promise<VantageRead> {
  const { vantage, files, plan, outcomes, isOurs = false, besides = 1 } = one;
  const figures = Math.floor(most.figures / Math.max(1, besides));
  const recount = new Recount(outcomes.blocks, plan.requestTimeoutMs);
  const collector = collectSeries({ ...plan, vantages: [vantage] }, outcomes, figures);
  const broken: string[] = [];
  const cut: string[] = [];
  for (const file of files) broken.push(...(await pour(file)));
  if (collector.isFull)
    broken.push(`${vantage} has more than ${figures} figures: nothing after that is used.`);
  // Rows that are lost are said to be lost.
  const altered = recount.warning(files[0]?.name ?? '', isOurs);
  return {
    cut,
    altered: files.length === 0 || altered === undefined ? [] : [altered],
    series: collector.series(),
    staleReads: collector.staleReads(),
    broken,
  };

  async function pour({ file, name, rounds }: RowsFile): Promise<string[]> {
    const all = bothSinks(recount, collector.from(vantage));
    const sink = rounds === undefined ? all : onlyRounds(new Set(rounds), all);
    try {
      const { truncated, stopped } = await readSamples(file, vantage, sink);
      if (truncated || stopped !== undefined) cut.push(name);
      if (stopped !== undefined) return [`${name} ${stopped}: nothing after that is read.`];
      return truncated ? [`${name} breaks off; everything up to the break is used.`] : [];
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      return [`${name} can't be used: ${error.message}`];
    }
  }
}

const onlyRounds = (rounds: ReadonlySet<number>, sink: SampleSink): SampleSink => ({
  sample: (sample) => {
    if (rounds.has(sample.round)) sink.sample(sample);
  },
  extra: (extra) => {
    if (extra.block !== undefined && rounds.has(extra.block.round)) sink.extra(extra);
  },
});
