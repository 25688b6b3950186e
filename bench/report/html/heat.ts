import { formatMillis } from '../../base/units.ts';
import type { Race } from '../findings/races.ts';
import type { Place, ReportModel } from '../model.ts';
import type { LatencyTable, TableRow } from '../tables.ts';
import { tableTitle } from '../titles.ts';
import { areEmulated } from '../distances.ts';
import { heatCell } from './heat-cell.ts';
import { heatLegend } from './heat-legend.ts';
import { html, name, type Html } from './markup.ts';

/** The medians as a table, region × target, coloured against the budget; a cell selects what other charts are about. */
export function heatSection(model: ReportModel): Html {
  return html`<section id="medians">
    <h2>Who waits how long</h2>
    <p class="how">
      Median in milliseconds, its 95 % interval below. Blue is within the goal of
      ${formatMillis(model.budgetMs)} ms; orange, with a bar at the left, above it; the darker, the
      farther from
      it.${model.targets.length > 1 ? html` ${hatching}` : undefined}${withoutIntervals(model)}
    </p>
    ${heatLegend(model)} ${model.tables.map((table, i) => heatTable(model, table, i))}
    <p class="chosen how" hidden>
      Chosen: <b></b>. The charts below are about it<span class="hint"
        >; choose another cell with a click, or with the arrow keys and Enter</span
      >.
    </p>
  </section>`;
}

/** Where the how-to-read tells of intervals that are not there. */
export const withoutIntervals = ({ manifest }: ReportModel): string =>
  manifest.plan.rounds === 1 ? ' A single round has no intervals.' : '';

const hatching = html`Hatched: not told apart from the fastest of its row by this run.`;

function heatTable(model: ReportModel, table: LatencyTable, index: number): Html {
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
        ${table.rows.map((row) => heatRow(row, model, model.races[index] ?? []))}
      </tbody>
    </table>
  </div>`;
}

function heatRow({ place, cells }: TableRow, model: ReportModel, races: readonly Race[]): Html {
  const race = races.find((one) => one.place.code === place.code);
  return html`<tr>
    <th scope="row">${label(place, model)}</th>
    ${cells.map((cell) => heatCell(cell, place, race, model.budgetMs))}
  </tr> `;
}

function label({ code, region, city, rttMs }: Place, { manifest }: ReportModel): Html {
  const { primary } = manifest.plan;
  const distance =
    region === primary
      ? 'primary region'
      : rttMs !== undefined
        ? `${areEmulated(manifest) ? '' : 'about '}${formatMillis(rttMs)} ms to ${primary}`
        : undefined;
  return html`<b>${name(code)}</b
    >${city === undefined ? undefined : html` <span class="city">${city}</span>`}${distance === undefined ? undefined : html`<small>${distance}</small>`}`;
}

/** Long names may break at their hyphens only. */
export function breakable(target: string): Html {
  const parts = target.split(/(?<=-)/u);
  return html`<bdi
    >${parts.map((part, i) => (i === 0 ? html`${part}` : html`<wbr />${part}`))}</bdi
  >`;
}
