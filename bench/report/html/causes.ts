import { formatMillis } from '../../base/units.ts';
import type { Cause } from '../../explain/causes.ts';
import type { Estimate } from '../../stats/interval.ts';
import {
  explainedTables,
  type ExplainedCell,
  type ExplainedTable,
} from '../explanation/explained-tables.ts';
import {
  causeWords,
  explanationNotes,
  howEstimated,
  howExplained,
  howPredicted,
  timeText,
} from '../explanation/words.ts';
import type { ReportModel } from '../model.ts';
import { mostBars } from '../page-data/causes.ts';
import { tableTitle, workloadName } from '../titles.ts';
import { range } from '../words.ts';
import { figuresTable } from './chart-figure.ts';
import { chooser } from './chooser.ts';
import { breakable } from './heat.ts';
import { areEmulated } from '../distances.ts';
import { html, name, type Html } from './markup.ts';

/** Every cell's median by cause, and what another placement would give; left out where nothing was measured. */
export function causesSection(model: ReportModel): Html | undefined {
  const tables = explainedTables(model).filter(({ cells }) => cells.length > 0);
  if (tables.length === 0) return undefined;
  const bars = Math.max(...tables.map(({ cells }) => cells.length));
  return html`<section id="causes">
    <h2>Where the time goes</h2>
    <p class="how">
      A bar is a cell’s median, split by cause; hatched is what no cause explains. The thick upright
      mark is the least that light in fibre needs for the same ways: no code can be faster there.
      ${areEmulated(model.manifest) ? undefined : howEstimated(model.manifest)}
    </p>
    ${tables.length > 1 || bars > mostBars ? chooser(model, 'causes') : undefined}
    <figure>
      ${enlarging(tables, model)}
      <figcaption>Median time to first byte by cause, ms</figcaption>
      <div class="chart" style="height: ${heightOf(bars, model)}px">
        <canvas
          id="causes-chart"
          role="img"
          aria-label="Median time to first byte by cause; the table below has the same figures"
        ></canvas>
      </div>
      <details>
        <summary>The figures as a table</summary>
        ${tables.map(figures)}
        ${howExplained(model.manifest).map((text) => html`<p class="how">${text}</p>`)}
      </details>
    </figure>
    ${tables.map((table) => besides(table, model))}
  </section>`;
}

/** Beside bars of seconds those of milliseconds have no length: a button puts them on a scale of their own. */
function enlarging(tables: readonly ExplainedTable[], { budgetMs }: ReportModel): Html | undefined {
  const within = ({ whole }: ExplainedCell): boolean => whole.centre < budgetMs;
  const isMixed = ({ cells }: ExplainedTable): boolean =>
    cells.some(within) && !cells.every(within);
  return tables.some(isMixed)
    ? html`<div class="scales" role="group" aria-label="Scale of the bars" hidden>
        <button type="button" data-enlarge aria-pressed="false">
          enlarge cells below ${formatMillis(budgetMs)} ms
        </button>
      </div>`
    : undefined;
}

/** Of a line for each bar and each region, with the axis and the legend; the script fills it. */
function heightOf(bars: number, { places, targets }: ReportModel): number {
  const lines = bars > mostBars ? targets.length + 1 : bars + places.length;
  return 130 + 24 * lines;
}

function figures(table: ExplainedTable): Html {
  const words = table.causes.map((cause) => capital(causeWords[cause]));
  return html`<p class="how">${tableTitle(table.table)}, ms, with 95 % intervals</p>
    ${figuresTable(
      `Medians by cause: ${workloadName(table.table)}`,
      ['Region', 'Target', 'Median', ...words, 'Unexplained', 'Light'],
      table.cells.map((cell) => row(cell, table.causes)),
    )}`;
}

function row(cell: ExplainedCell, causes: readonly Cause[]): Html {
  const { whole, unexplained, floorMs, parts } = cell;
  const found = causes.map((cause) => parts.find((part) => part.cause === cause));
  const values = [
    figure(whole),
    ...found.map((part) => part && figure({ ...part, centre: part.ms })),
    figure(unexplained),
    floorMs === undefined ? undefined : html`${timeText(floorMs)}`,
  ];
  return html`<tr>
    <th scope="row">${name(cell.vantage)}</th>
    <td class="text">${breakable(cell.target)}</td>
    ${values.map((value) => html`<td>${value ?? '–'}</td>`)}
  </tr> `;
}

/** Distances have no interval: they are as wanted, and proved by the calibration, or published. */
const figure = ({ centre, interval }: Estimate): Html =>
  html`${timeText(centre)}${interval === undefined ? '' : html`<br /><small>${range(interval)}</small>`}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a reader must know, and the predictions. */
function besides(table: ExplainedTable, model: ReportModel): Html {
  const notes = explanationNotes(table);
  return html`${predictions(table, model)}
  ${
    notes.length === 0
      ? undefined
      : html`<ul class="how">
          ${notes.map((text) => html`<li>${text}</li>`)}
        </ul>`
  }`;
}

function predictions(table: ExplainedTable, { tables }: ReportModel): Html | undefined {
  const [first] = table.predictions;
  if (first === undefined) return undefined;
  const of = tables.length > 1 ? `: ${workloadName(table.table)}` : '';
  return html`<h3>What another placement would give${of}</h3>
    <p class="how">${howPredicted(first.from)} Below it what the run measured, where it did.</p>
    ${figuresTable(
      `Predicted medians: ${workloadName(table.table)}`,
      ['Region', ...table.placements.map((placement) => `${placement}, ms`)],
      table.table.rows
        .filter(({ place }) => place.gap === undefined)
        .map(({ place }) => predictionRow(table, place.code)),
    )}`;
}

function predictionRow({ predictions, placements }: ExplainedTable, vantage: string): Html {
  return html`<tr>
    <th scope="row">${name(vantage)}</th>
    ${placements.map((placement) => {
      const found = predictions.find((p) => p.vantage === vantage && p.placement === placement);
      if (found === undefined) return html`<td>–</td>`;
      const { predicted, measured } = found;
      const below =
        measured === undefined ? 'not measured' : `measured ${timeText(measured.centre)}`;
      return html`<td>
        ${timeText(predicted.centre)}
        ${predicted.interval === undefined ? '' : `(${range(predicted.interval)})`}<br /><small
          >${below}</small
        >
      </td>`;
    })}
  </tr> `;
}
