import type { ReportModel } from '../model.ts';
import { summaryCsv } from '../summary-csv.ts';
import { summaryJson } from '../summary-json.ts';
import { html, type Html } from './markup.ts';

/** The figures as files inside the page: links that need neither a script nor the run folder. */
export function downloads(model: ReportModel): Html {
  const { runId } = model.manifest;
  return html`<ul class="downloads">
    <li>
      <a download="${fileName(runId, 'csv')}" href="${dataUrl('text/csv', summaryCsv(model))}"
        >summary.csv</a
      >: a row for every cell, with its quantiles and intervals
    </li>
    <li>
      <a
        download="${fileName(runId, 'json')}"
        href="${dataUrl('application/json', compact(summaryJson(model)))}"
        >summary.json</a
      >: the same, with verdicts, calibration, findings and warnings
    </li>
  </ul>`;
}

/** What a file may be called on every system. */
const fileName = (runId: string, ending: string): string =>
  `${runId.replace(/[^\w.-]+/gu, '-')}.${ending}`;

const dataUrl = (type: string, text: string): string =>
  `data:${type};charset=utf-8;base64,${Buffer.from(text).toString('base64')}`;

/** Indentation would be a third of the page's data. */
const compact = (json: string): string => JSON.stringify(JSON.parse(json));
