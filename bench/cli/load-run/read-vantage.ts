import { BenchError } from '../../base/errors.ts';
import { readSamples } from '../../k6/output.ts';
import type { Plan } from '../../plan/plan.ts';
import { collectSeries } from '../../samples/collect.ts';
import type { Outcomes } from '../../samples/outcome.ts';
import type { Series, StaleReads } from '../../samples/series.ts';

/** What is read of one vantage; plain data, as it goes to another thread. */
export interface VantageFile {
  readonly vantage: string;
  /** Undefined where it has no rows. */
  readonly file: string | undefined;
  /** As messages call it. */
  readonly name: string;
  readonly plan: Plan;
  readonly outcomes: Outcomes;
}

export interface VantageRead {
  readonly series: readonly Series[];
  readonly staleReads: readonly StaleReads[];
  /** What is wrong with the file, a sentence. */
  readonly broken?: string;
}

/** Groups the samples of one vantage; what can't be read is said, as the other regions are as good as ever. */
export async function readVantage(one: VantageFile): Promise<VantageRead> {
  const { vantage, file, name, plan, outcomes } = one;
  const collector = collectSeries({ ...plan, vantages: [vantage] }, outcomes);
  const broken = file === undefined ? undefined : await pour(file);
  return {
    series: collector.series(),
    staleReads: collector.staleReads(),
    ...(broken === undefined ? {} : { broken }),
  };

  async function pour(path: string): Promise<string | undefined> {
    try {
      const { truncated } = await readSamples(path, vantage, collector.from(vantage));
      return truncated ? `${name} breaks off; everything up to the break is used.` : undefined;
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      return `${name} can't be used: ${error.message}`;
    }
  }
}
