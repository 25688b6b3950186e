import { formatMillis, type Millis } from '../../base/units.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { areEmulated, rttSources } from '../distances.ts';
import { viaWords } from '../rented.ts';
import { wantedOf } from '../../world/vantage.ts';
import type { Place, ReportModel } from '../model.ts';
import { hasSameOrder, published, type Beside, type PublishedRegion } from '../published.ts';
import { list, plural } from '../words.ts';
import { breakable } from './heat.ts';
import { html, name, type Html } from './markup.ts';
import { moment } from './moment.ts';

/** The article's table beside ours; left out where the run has nothing to put beside it. */
export function publishedSection(model: ReportModel): Html | undefined {
  const rows = published.rows.filter(({ topology }) => model.targets.includes(topology));
  const codes = published.regions.filter((code) => placeOf(model, code) !== undefined);
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
              (code) =>
                html`<th scope="col">published</th>
                  <th scope="col">${hereWords(model, code)}</th>`,
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

/** Where the run measured what the article measured there; perhaps from another region in its stead. */
const placeOf = ({ places }: ReportModel, code: PublishedRegion): Place | undefined =>
  places.find((place) => wantedOf(place.code) === code);

/** `here`; `here, from gru` where that stands in for the published region. */
function hereWords(model: ReportModel, code: PublishedRegion): string {
  const region = placeOf(model, code)?.region ?? code;
  return region === code ? 'here' : `here, from ${region}`;
}

function ours({ tables }: ReportModel, target: string, code: string): Millis | undefined {
  const row = tables[0].rows.find(({ place }) => wantedOf(place.code) === code);
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

function network(manifest: Manifest): Html {
  const via = viaWords(manifest);
  return html`real distances (provider
  ${name(manifest.provider)})${via === undefined ? '' : `; the deployments were reached by ${via}`}`;
}

/** So that nobody reads the two tables as one experiment. */
function differences({ manifest }: ReportModel): [string, Html][] {
  const { versions, plan, startedAtIso } = manifest;
  const here = areEmulated(manifest)
    ? html`distances emulated on one machine (round trips from: ${rttSources(manifest)}), without
      TLS, loss or congestion`
    : network(manifest);
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
      ${scenarios[0] ?? 'a scenario'}, the median over ${plural(plan.rounds, 'round')}`,
    ],
  ];
}
