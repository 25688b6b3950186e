import { formatMillis } from '../../base/units.ts';
import { replayedAnswers } from '../../explain/served.ts';
import type { ReplicaLag } from '../../explain/replica-lag.ts';
import { staleShares, type StaleShare } from '../../explain/stale-shares.ts';
import type { CellResult } from '../cells.ts';
import type { ReportModel } from '../model.ts';
import { oneWayMs } from '../page-data/lag.ts';
import { range, withInterval } from '../words.ts';
import { figuresTable } from './chart-figure.ts';
import { breakable } from './heat.ts';
import { html, name, type Html } from './markup.ts';

/** What the speed is worth: stale reads, how far replicas are behind, and what was replayed. */
export function consistencySection(model: ReportModel): Html {
  return html`<section id="consistency">
    <h2>Is it up to date?</h2>
    <p class="how">
      A replica answers from nearby with what it has received so far; a replay asks the primary
      region, which is far. Fast and stale, or fresh and slow: both sides of the bargain.
    </p>
    <h3>Reads that missed the reader’s own write</h3>
    ${stale(model)}
    <h3>How far replicas are behind</h3>
    ${lag(model)}
    <h3>Requests replayed to the primary region, by reason</h3>
    ${replays(model)}
  </section>`;
}

function stale(model: ReportModel): Html {
  const shares = staleShares(model.staleReads).filter(({ reads }) => reads > 0);
  if (shares.length === 0)
    return html`<p>
      Not measured in this run;
      <code>bench run <span class="whole">--scenario</span> read-your-writes</code> writes, and
      reads it back at once.
    </p>`;
  return html`<p class="how">
      Each visitor rates a recipe and reads it back at once; stale is an answer without that rating.
      Beside it what these reads cost.
    </p>
    ${figuresTable(
      'Stale reads',
      ['Region', 'Target', 'Scenario', 'Reads', 'Stale', 'Share', '95 % interval', 'Median'],
      shares.map((one) => staleRow(one, model)),
    )}`;
}

function staleRow(one: StaleShare, model: ReportModel): Html {
  const { interval, share = 0, reads, stale: missed } = one;
  const p50 = readCell(one, model)?.summary.p50;
  return html`<tr>
    <th scope="row">${name(one.vantage)}</th>
    <td class="text">${breakable(one.target)}</td>
    <td class="text">${name(one.scenario)}</td>
    <td>${reads}</td>
    <td>${missed}</td>
    <td>${percent(share)}</td>
    <td>
      ${interval === undefined ? '' : `${percent(interval.low)} to ${percent(interval.high)}`}
    </td>
    <td>${p50 === undefined ? '–' : withInterval(p50)}</td>
  </tr> `;
}

/** The reads that were checked: the scenario's headline. */
function readCell(
  { scenario, target, vantage }: StaleShare,
  { cells, manifest }: ReportModel,
): CellResult | undefined {
  const headline = manifest.plan.scenarios.find(({ name: of }) => of === scenario)?.headline;
  return cells.find(
    (cell) =>
      cell.scenario === scenario &&
      cell.target === target &&
      cell.vantage === vantage &&
      cell.step === headline &&
      cell.temperature === 'warm',
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 2 : 1)} %`;

function lag(model: ReportModel): Html {
  const lags = model.replicaLags ?? [];
  if (lags.length === 0)
    return html`<p>
      Not measured in this run: it has no replicas that could be watched, or was made by an older
      version.
    </p>`;
  return html`<figure>
    <figcaption>Time until a commit shows at the replica, by region</figcaption>
    <p class="how">
      While the load ran, something small was committed at the primary about once a second, and each
      replica looked at until it showed. A dot is a commit; the upright mark is what the distance
      takes one way.
    </p>
    <div class="chart" style="height: ${130 + 46 * lags.length}px">
      <canvas
        id="lag-chart"
        role="img"
        aria-label="Time until a commit shows at the replica; the table below has the same figures"
      ></canvas>
    </div>
    <details>
      <summary>The figures as a table</summary>
      ${figuresTable(
        'Replication lag',
        [
          ...['Region', 'Target', 'Commits', 'Not within 10 s', 'One way, ms', 'Min', 'Median'],
          ...['95 % interval', 'p95', 'Max'],
        ],
        lags.map((one) => lagRow(one, model)),
      )}
    </details>
  </figure>`;
}

function lagRow(one: ReplicaLag, model: ReportModel): Html {
  const { values, median, p95 } = one;
  const figures = [
    ...[one.n, one.missed, ms(oneWayMs(one, model)), ms(values[0]), ms(median?.centre)],
    median?.interval === undefined ? '' : range(median.interval),
    ...[ms(p95), ms(values.at(-1))],
  ];
  return html`<tr>
    <th scope="row">${name(one.region)}</th>
    <td class="text">${breakable(one.target)}</td>
    ${figures.map((figure) => html`<td>${figure}</td>`)}
  </tr> `;
}

const ms = (value: number | undefined): string =>
  value === undefined ? 'n/a' : formatMillis(value);

/** What a reason of the middleware means. */
const reasons: Readonly<Record<string, string>> = {
  http_method: 'a request that writes',
  captured_write: 'a write that the replica refused',
  threshold: 'a read soon after a write',
};

function replays({ explanation }: ReportModel): Html {
  const cells = explanation.cells.filter(
    ({ temperature, served }) => temperature === 'warm' && replayedAnswers(served) > 0,
  );
  if (cells.length === 0)
    return html`<p>
      None was seen in this run. Runs of older versions, and apps that don’t name the reason in
      <code>Server-Timing</code> (<code>replay;desc=…</code>), don’t show theirs.
    </p>`;
  const rows = cells.flatMap((cell) =>
    Object.entries(cell.served?.replays ?? {}).map(([reason, n]) => ({ cell, reason, n })),
  );
  return figuresTable(
    'Replays by reason',
    ['Region', 'Target', 'Requests', 'Reason', 'Replayed', 'of', 'Share', 'Median'],
    rows.map(
      ({ cell, reason, n }) =>
        html`<tr>
          <th scope="row">${name(cell.vantage)}</th>
          <td class="text">${breakable(cell.target)}</td>
          <td class="text">
            ${name([cell.scenario, cell.step].filter((s) => s !== '').join(', '))}
          </td>
          <td class="text">${name(reason)}${meaning(reason)}</td>
          <td>${n}</td>
          <td>${cell.served?.answers}</td>
          <td>${percent(n / (cell.served?.answers ?? n))}</td>
          <td>${withInterval(cell.whole)}</td>
        </tr> `,
    ),
  );
}

const meaning = (reason: string): string => {
  const known = Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
  return known === undefined ? '' : `: ${known}`;
};
