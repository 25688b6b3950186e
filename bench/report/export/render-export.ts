import { benchfmt } from './benchfmt.ts';
import type { ExportedRun } from './exported-run.ts';
import { roundsCsv } from './rounds-csv.ts';
import { openmetrics } from './openmetrics.ts';
import { seriesJson } from './series-json.ts';

export interface ExportOptions {
  /** Every sample too, where the format has a place for them (JSON). */
  readonly samples: boolean;
}

/** Every form in which a run leaves for other tools; `--format` names one. */
const renderers = {
  benchfmt,
  csv: roundsCsv,
  json: seriesJson,
  openmetrics,
} as const satisfies Record<string, (run: ExportedRun, options: ExportOptions) => string>;

export type ExportFormat = keyof typeof renderers;

export const exportFormats = Object.keys(renderers) as readonly ExportFormat[];

/** Renders a run for another tool. Pure. */
export function renderExport(
  run: ExportedRun,
  format: ExportFormat,
  options: ExportOptions,
): string {
  return renderers[format](run, options);
}
