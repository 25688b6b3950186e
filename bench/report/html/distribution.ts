import { formatMillis } from '../../base/units.ts';
import type { DecileShift } from '../../stats/shift.ts';
import type { Distribution } from '../distributions.ts';
import type { ReportModel } from '../model.ts';
import type { LatencyTable } from '../tables.ts';
import { workloadName } from '../titles.ts';
import { chartFigure, figuresTable } from './chart-figure.ts';
import { chooser } from './chooser.ts';
import { breakable } from './heat.ts';
import { html, name, type Html } from './markup.ts';

/** All requests of the chosen region, and where along them the chosen target differs from the fastest. */
export function distributionSection(model: ReportModel): Html {
  return html`<section id="distribution">
    <h2>Every request, not only the median</h2>
    <p class="how">
      All requests at one region, all rounds together.<span class="hint">
        Choose the region here or in the table of medians.</span
      >
    </p>
    ${chooser(model, 'distribution')}
    <p class="about" data-about="place" aria-live="polite"></p>
    <div class="pair">
      ${chartFigure({
        id: 'ecdf-chart',
        title: 'Share of requests answered within a time (ECDF)',
        how: html`A line is a target: farther left is faster, steeper is steadier. Half of the
        requests were answered where it crosses 50 %.`,
      })}
      ${chartFigure({
        id: 'tail-chart',
        title: 'The slowest tenth, up to the slowest request',
        how: html`How many requests took at least so long, on a log scale: one in ten on top, then
        one in a hundred, down to a single one. Farther left is better.`,
      })}
    </div>
    <details>
      <summary>The figures of both as a table</summary>
      ${quantiles(model)}
    </details>
    ${chartFigure({
      id: 'shift-chart',
      title: 'How much slower, from the fast requests to the slow ones (shift function)',
      how: html`<b data-about="pair">The chosen target minus the fastest</b>. Level: the same delay
        for every request; rising: slow requests lose more. Bars are 95 % intervals over the rounds,
        each for itself; the fastest target is compared with the next one.`,
      table: shifts(model),
    })}
  </section>`;
}

type Row = (
  model: ReportModel,
  place: LatencyTable['rows'][number],
  target: number,
  one: Distribution,
) => Html | undefined;

/** A row for every cell that has a distribution, in the order of the tables. */
function rowsOf(model: ReportModel, table: number, row: Row): Html[] {
  return (model.tables[table]?.rows ?? []).flatMap((place, i) =>
    model.targets.flatMap((_, target) => {
      const one = model.distributions[table]?.[i]?.[target];
      return (one === undefined ? undefined : row(model, place, target, one)) ?? [];
    }),
  );
}

function quantiles(model: ReportModel): Html {
  const heads = ['Region', 'Target', 'n', 'min', 'p10', 'p25', 'p50', 'p75', 'p90'];
  return tables(
    model,
    'Quantiles of all requests, ms',
    [...heads, 'p95', 'p99', 'max'],
    quantileRow,
  );
}

const quantileRow: Row = (model, { place, cells }, target, { ecdf, quantiles, cutFromMs }) => {
  const { p95, p99 } = cells[target]?.result.summary ?? {};
  const most = quantiles.at(-1);
  const values = [...quantiles.slice(0, -1), p95?.centre, p99?.centre, most];
  return row(model, place.code, target, [
    String(ecdf.n),
    ...values.map((value) => ms(value, cutFromMs)),
  ]);
};

/** From the shortest wait that was cut on, values are lower bounds. */
const ms = (value: number | undefined, cutFromMs = Infinity): string =>
  value === undefined ? 'n/a' : `${value >= cutFromMs ? '≥ ' : ''}${formatMillis(value)}`;

function shifts(model: ReportModel): Html {
  const heads = ['p10', 'p20', 'p30', 'p40', 'p50', 'p60', 'p70', 'p80', 'p90'];
  return tables(
    model,
    'Differences of deciles, ms',
    ['Region', 'Target', 'minus', ...heads],
    shiftRow,
  );
}

const shiftRow: Row = (model, { place }, target, { shift }) => {
  if (shift === undefined) return undefined;
  const against = model.targets[shift.against] ?? '';
  return row(model, place.code, target, [breakable(against), ...decileFigures(shift.deciles)]);
};

/** The last ones are missing where requests were cut. */
const decileFigures = (deciles: readonly DecileShift[]): string[] =>
  Array.from({ length: 9 }, (_, i) => {
    const decile = deciles[i];
    return decile === undefined ? 'n/a' : difference(decile);
  });

function difference({ difference: { centre, interval } }: DecileShift): string {
  if (interval === undefined) return signed(centre);
  return `${signed(centre)} (${signed(interval.low)} to ${signed(interval.high)})`;
}

const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${formatMillis(Math.abs(value))}`;

function tables(model: ReportModel, label: string, heads: readonly string[], of: Row): Html {
  return html`${model.tables.map((table, i) => {
    const title = `${label}: ${workloadName(table)}`;
    return html`<p class="how">${title}</p>
      ${figuresTable(title, heads, rowsOf(model, i, of))}`;
  })}`;
}

function row(
  { targets }: ReportModel,
  code: string,
  target: number,
  cells: readonly (string | Html)[],
): Html {
  return html`<tr>
    <th scope="row">${name(code)}</th>
    <td class="text">${breakable(targets[target] ?? '')}</td>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr> `;
}
