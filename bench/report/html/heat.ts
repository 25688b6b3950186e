import { formatMillis } from '../../base/units.ts';
import type { Place, ReportModel } from '../model.ts';
import type { LatencyTable, TableCell, TableRow } from '../tables.ts';
import { tableTitle } from '../titles.ts';
import { range } from '../words.ts';
import { html, name, type Html } from './markup.ts';

/** The medians as a table, region × target, coloured against the budget. */
export function heatSection(model: ReportModel): Html {
  const [first, ...others] = model.tables;
  return html`<section id="medians">
    <h2>Who waits how long</h2>
    <p class="how">
      Median in milliseconds, its 95 % interval below. Blue is within the goal of
      ${formatMillis(model.budgetMs)} ms, orange above it; the darker, the farther from it.
    </p>
    ${heatTable(model, first)} ${others.map((table) => heatTable(model, table))}
  </section>`;
}

function heatTable(model: ReportModel, table: LatencyTable): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${tableTitle(table)}">
    <table class="heat">
      <caption>
        ${tableTitle(table)}
      </caption>
      <thead>
        <tr>
          <th scope="col">Region</th>
          ${model.targets.map((target) => html`<th scope="col">${breakable(target)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map((row) => heatRow(row, model))}
      </tbody>
    </table>
  </div>`;
}

function heatRow({ place, cells }: TableRow, model: ReportModel): Html {
  return html`<tr>
    <th scope="row">${label(place, model)}</th>
    ${cells.map((cell) => heatCell(cell, place, model.budgetMs))}
  </tr> `;
}

function label({ code, city, rttMs }: Place, { manifest }: ReportModel): Html {
  const { primary } = manifest.plan;
  const distance =
    code === primary
      ? 'primary region'
      : rttMs !== undefined
        ? `${formatMillis(rttMs)} ms to ${primary}`
        : undefined;
  return html`<b>${name(code)}</b
    >${city === undefined ? undefined : html` <span class="city">${city}</span>`}${distance === undefined ? undefined : html`<small>${distance}</small>`}`;
}

function heatCell({ result, heat }: TableCell, place: Place, budgetMs: number): Html {
  const { p50 } = result.summary;
  if (p50 === undefined || heat === undefined)
    return html`<td class="none">
      –<small>${place.gap === undefined ? 'no valid round' : 'missing'}</small>
    </td>`;
  const interval = p50.interval === undefined ? 'one round, no interval' : range(p50.interval);
  const judged = p50.centre < budgetMs ? 'within the goal' : 'above the goal';
  return html`<td class="h${heat}">
    ${formatMillis(p50.centre)}<small>${interval}</small><span class="sr">, ${judged}</span>
  </td>`;
}

/** Long names may break at their hyphens only. */
export function breakable(target: string): Html {
  const parts = target.split(/(?<=-)/u);
  return html`<bdi
    >${parts.map((part, i) => (i === 0 ? html`${part}` : html`<wbr />${part}`))}</bdi
  >`;
}
