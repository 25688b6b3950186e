import { distrust } from '../../base/distrust.ts';
import { visibleJson } from '../../base/visible.ts';
import type { ExportedRun, ExportedSeries } from './exported-run.ts';
import type { ExportOptions } from './render-export.ts';

/** The series as JSON, schema 1, a round a line; with every sample in milliseconds if asked. */
export function seriesJson(run: ExportedRun, { samples }: ExportOptions): string {
  const { runId, startedAtIso, endedAtIso, provider, state, versions } = run.manifest;
  const head = { schema: 1, runId, startedAtIso, endedAtIso, provider, state, versions };
  const doubt = distrust(run.manifest.warnings);
  const notice = doubt === undefined ? {} : { trustworthy: false, notice: doubt.sentence };
  const series = run.series.map((each) => seriesOf(each, samples)).join(',\n');
  return `${visibleJson({ ...head, ...notice, missing: run.missing }).slice(0, -1)},"series":[\n${series}\n]}\n`;
}

function seriesOf(series: ExportedSeries, samples: boolean): string {
  const { target, vantage, scenario, metric, step, temperature, errors, excluded } = series;
  const head = { target, vantage, scenario, metric, step, temperature, errors, excluded };
  const rounds = series.figures.map(({ round, n, p50, p95, p99, atLeast }, i) =>
    visibleJson({
      ...{ round, n, p50Ms: p50, p95Ms: p95, p99Ms: p99, atLeast },
      ...(samples ? { samplesMs: series.rounds[i]?.values } : {}),
    }),
  );
  return `${visibleJson(head).slice(0, -1)},"rounds":[\n${rounds.join(',\n')}\n]}`;
}
