import { htmlReport } from './html.ts';
import { markdown } from './markdown.ts';
import type { ReportModel } from './model.ts';
import { summaryCsv } from './summary-csv.ts';
import { summaryJson } from './summary-json.ts';
import { textReport, type TextOptions } from './text.ts';

/** Every form that a report takes; `--format` names one. */
const renderers = {
  html: htmlReport,
  text: textReport,
  markdown,
  csv: summaryCsv,
  json: summaryJson,
} as const satisfies Record<string, (model: ReportModel, options: TextOptions) => string>;

export type Format = keyof typeof renderers;

export const formats = Object.keys(renderers) as readonly Format[];

/** Renders a run; the options matter to text only. Pure but for the page's own script and style. */
export function renderRun(
  model: ReportModel,
  format: Format,
  options: TextOptions = { color: false, columns: 80 },
): string {
  return renderers[format](model, options);
}
