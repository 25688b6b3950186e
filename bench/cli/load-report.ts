import { collectSeries } from '../samples/collect.ts';
import { openRun, type RunOnDisk } from '../samples/open-run.ts';
import { readSamples } from '../k6/output.ts';
import { buildModel, type ReportModel } from '../report/model.ts';
import { regions } from '../world/regions.ts';

/** Reads a run folder and computes its report. */
export async function loadReport(dir: string): Promise<{ run: RunOnDisk; model: ReportModel }> {
  const run = await openRun(dir);
  const collector = collectSeries(run.manifest.plan, run.outcomes);
  for (const { vantage, file } of run.samples)
    await readSamples(file, vantage, collector.from(vantage));
  const model = buildModel(
    {
      manifest: run.manifest,
      outcomes: run.outcomes,
      missing: run.missing,
      series: collector.series(),
      staleReads: collector.staleReads(),
    },
    { cities: Object.fromEntries([...regions.values()].map(({ code, city }) => [code, city])) },
  );
  return { run, model };
}
