import { formatMillis } from '../../base/units.ts';
import type { Estimate } from '../../stats/interval.ts';
import { isIndicative } from '../../stats/summary.ts';
import type { CellResult } from '../cells.ts';
import type { ReportModel } from '../model.ts';
import { chartId } from '../page-data.ts';
import type { LatencyTable } from '../tables.ts';
import { quantilesTitle } from '../titles.ts';
import { figure, range } from '../words.ts';
import { figuresTable } from './chart-figure.ts';
import { breakable, withoutIntervals } from './heat.ts';
import { html, name, type Html } from './markup.ts';

/** Dots and intervals, region × target, with the figures behind them. */
export function latencySection(model: ReportModel): Html {
  return html`<section id="latency">
    <h2>How far apart, and how sure</h2>
    <p class="how">
      The filled point is the median, the larger hollow one the 95th percentile, the smallest the
      99th; the bar across each is its 95 % interval, often narrower than the point. A p99 from
      fewer than 1000 requests is pale: it gives an idea only. The dashed line is the goal of
      ${formatMillis(model.budgetMs)} ms.${lowerBounds(model)}${withoutIntervals(model)}
    </p>
    <div class="scales" role="group" aria-label="Scale of the charts" hidden>
      <button type="button" data-scale="logarithmic" aria-pressed="true">log</button
      ><button type="button" data-scale="linear" aria-pressed="false">linear</button>
    </div>
    ${model.tables.map((table, i) => chart(model, table, i))}
  </section>`;
}

const lowerBounds = ({ cells }: ReportModel): string =>
  cells.some(({ summary: { p50, p95, p99 } }) =>
    [p50, p95, p99].some((estimate) => estimate?.isLowerBound === true),
  )
    ? ' An arrow marks a lower bound: requests were cut, and the quantile lies farther out.'
    : '';

function chart(model: ReportModel, table: LatencyTable, index: number): Html {
  return html`<figure>
    <figcaption>${quantilesTitle(table)}</figcaption>
    <div class="chart">
      <canvas
        id="${chartId(index)}"
        role="img"
        aria-label="${quantilesTitle(table)}; the table below has the same figures"
      ></canvas>
    </div>
    <details>
      <summary>The figures as a table</summary>
      ${figures(model, table)}
    </details>
  </figure>`;
}

const heads = [
  ...['Region', 'Target', 'Metric', 'Rounds', 'n', 'p50 ms', '95 % interval'],
  ...['p95 ms', '95 % interval', 'p99 ms', '95 % interval', 'Errors', 'Excluded'],
];

function figures(model: ReportModel, table: LatencyTable): Html {
  const { scenario, step } = table;
  const rows = model.cells.filter((c) => c.scenario === scenario && c.step === step);
  return html`${figuresTable(`Figures: ${quantilesTitle(table)}`, heads, rows.map(figureRow))}
    <p class="how">
      p95 and p99 pool all rounds; they are left out where there are too few samples to tell (72 and
      368), and p99 is indicative below 1000. An interval needs two rounds.
    </p>`;
}

function figureRow({ summary, ...cell }: CellResult): Html {
  const { p50, p95, p99, rounds, n } = summary;
  const pale = p99 !== undefined && isIndicative(n) ? ' (indicative)' : '';
  const numbers = [
    ...[rounds, n, ms(p50), interval(p50), ms(p95), interval(p95)],
    ...[`${ms(p99)}${pale}`, interval(p99), cell.errors, cell.excluded],
  ];
  return html`<tr>
    <th scope="row">${name(cell.vantage)}</th>
    <td class="text">${breakable(cell.target)}</td>
    <td class="text">${name(cell.metric)}</td>
    ${numbers.map((value) => html`<td>${value}</td>`)}
  </tr> `;
}

const ms = (estimate: Estimate | undefined): string =>
  estimate === undefined ? 'n/a' : figure(estimate);

const interval = (estimate: Estimate | undefined): string =>
  estimate?.interval === undefined ? 'n/a' : range(estimate.interval);
