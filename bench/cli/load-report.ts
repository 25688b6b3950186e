import { buildModel, type ReportModel, type ReportOptions } from '../report/model.ts';
import type { KnownOfRun } from '../samples/open-run.ts';
import { regionsOfRun } from '../samples/regions-of-run.ts';
import { geographyOf } from './load-report/geography.ts';
import { placementsOf } from './load-report/placements.ts';
import { loadRun, type LoadedRun } from './load-run.ts';

/**
 * Reads a run folder and computes its report; `besides` says what else it is to show, once the run is read, `known` what
 * the folder may lack.
 */
export async function loadReport(
  dir: string,
  besides: (loaded: LoadedRun) => Promise<ReportOptions> = () => Promise.resolve({}),
  known?: KnownOfRun,
): Promise<LoadedRun & { model: ReportModel }> {
  const loaded = await loadRun(dir, known);
  const { run, series, staleReads } = loaded;
  const { manifest, outcomes, missing, lag, links } = run;
  const cities = Object.fromEntries(
    [...regionsOfRun(manifest)].map(([code, { city }]) => [code, city]),
  );
  const model = buildModel(
    { manifest, outcomes, missing, series, staleReads, lag, links },
    {
      cities,
      geography: geographyOf(manifest),
      placements: placementsOf(manifest.plan),
      ...(await besides(loaded)),
    },
  );
  return { ...loaded, model };
}
