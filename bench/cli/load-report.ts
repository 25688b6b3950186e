import type { RunOnDisk } from '../samples/open-run.ts';
import { buildModel, type ReportModel } from '../report/model.ts';
import { regions } from '../world/regions.ts';
import { loadRun } from './load-run.ts';

/** Reads a run folder and computes its report. */
export async function loadReport(dir: string): Promise<{ run: RunOnDisk; model: ReportModel }> {
  const { run, series, staleReads } = await loadRun(dir);
  const { manifest, outcomes, missing } = run;
  const cities = Object.fromEntries([...regions.values()].map(({ code, city }) => [code, city]));
  const model = buildModel({ manifest, outcomes, missing, series, staleReads }, { cities });
  return { run, model };
}
