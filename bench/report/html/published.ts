import { formatMillis, type Millis } from '../../base/units.ts';
import type { ReportModel } from '../model.ts';
import { hasSameOrder, published, type Beside, type PublishedRegion } from '../published.ts';
import { list } from '../words.ts';
import { breakable } from './heat.ts';
import { html, name, type Html } from './markup.ts';
import { moment } from './moment.ts';

/** The article's table beside ours; left out where the run has nothing to put beside it. */
export function publishedSection(model: ReportModel): Html | undefined {
  const rows = published.rows.filter(({ topology }) => model.targets.includes(topology));
  const codes = published.regions.filter((code) => model.places.some((p) => p.code === code));
  if (rows.length === 0 || codes.length === 0) return undefined;
  const beside = (row: (typeof rows)[number], code: PublishedRegion): Beside => ({
    publishedMs: row.ms[code],
    hereMs: ours(model, row.topology, code),
  });
  return html`<section id="published">
    <h2>Beside the published table</h2>
    <p class="how">
      Time to first byte as published for the same three deployments, and the headline medians of
      this run; small: times the single region’s. Compare the pattern, not the milliseconds.
      ${orders(codes, (code) => rows.map((row) => beside(row, code)))}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Published and measured medians">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col" rowspan="2">Deployment</th>
            ${codes.map((code) => html`<th scope="colgroup" colspan="2">${code}, ms</th>`)}
          </tr>
          <tr>
            ${codes.map(
              () =>
                html`<th scope="col">published</th>
                  <th scope="col">here</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${breakable(row.topology)}</th>
                ${codes.map((code) => pair(beside(row, code), single(model, code)))}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    <h3>What differs</h3>
    <dl>
      ${differences(model).map(
        ([term, value]) =>
          html`<dt>${term}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
  </section>`;
}

function pair({ publishedMs, hereMs }: Beside, base: Beside | undefined): Html {
  return html`<td class="quiet">${publishedMs}${times(publishedMs, base?.publishedMs)}</td>
    <td>${hereMs === undefined ? '–' : formatMillis(hereMs)}${times(hereMs, base?.hereMs)}</td>`;
}

function times(ms: Millis | undefined, base: Millis | undefined): Html | undefined {
  if (ms === undefined || base === undefined) return undefined;
  return html` <small>${(ms / base).toPrecision(2)}×</small>`;
}

/** The deployment that the others are multiples of, if the run has it. */
function single(model: ReportModel, code: PublishedRegion): Beside | undefined {
  const [{ topology, ms }] = published.rows;
  return model.targets.includes(topology)
    ? { publishedMs: ms[code], hereMs: ours(model, topology, code) }
    : undefined;
}

function ours({ tables }: ReportModel, target: string, code: string): Millis | undefined {
  const row = tables[0].rows.find(({ place }) => place.code === code);
  return row?.cells.find((c) => c.target === target)?.result.summary.p50?.centre;
}

function orders(
  codes: readonly PublishedRegion[],
  column: (code: PublishedRegion) => readonly Beside[],
): string {
  const same = codes.filter((code) => hasSameOrder(column(code)) === true);
  const other = codes.filter((code) => hasSameOrder(column(code)) === false);
  const clauses = [
    ...(same.length === 0 ? [] : [`the same in ${list(same)}`]),
    ...(other.length === 0 ? [] : [`another in ${list(other)}`]),
  ];
  return clauses.length === 0 ? '' : `The order of the deployments is ${list(clauses)}.`;
}

/** So that nobody reads the two tables as one experiment. */
function differences({ manifest }: ReportModel): [string, Html][] {
  const { provider, versions, rtt, plan, startedAtIso } = manifest;
  const sources = [...new Set(Object.values(rtt).map(({ source }) => source))].sort();
  const here =
    provider === 'local'
      ? html`distances emulated on one machine (round trips from: ${sources.join(', ')}), without
        TLS, loss or congestion`
      : html`provider ${name(provider)}`;
  const scenarios = plan.scenarios.map((scenario) => name(scenario.name));
  return [
    [
      'App and runtime',
      html`there a Ruby on Rails app with the fly-ruby library; here this project’s recipe app on
      Node ${versions.node.replace(/^v/, '')}, with a middleware that follows the same rules`,
    ],
    ['Network', html`there Fly.io’s machines and the internet between them; here ${here}`],
    [
      'Year',
      html`there the platform and the routes of about 2021, when the library first appeared; here
      ${moment(startedAtIso)}`,
    ],
    [
      'Requests',
      html`there a page of that app, single figures without intervals; here
      ${scenarios[0] ?? 'a scenario'}, the median over ${plan.rounds} rounds`,
    ],
  ];
}
