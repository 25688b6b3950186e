import { formatMillis } from '../../base/units.ts';
import type { ReportModel } from '../model.ts';
import { published } from '../published.ts';
import { breakable } from './heat.ts';
import { html, type Html } from './markup.ts';

/** The article's table beside ours; left out where the run has nothing to put beside it. */
export function publishedSection(model: ReportModel): Html | undefined {
  const rows = published.rows.filter(({ topology }) => model.targets.includes(topology));
  const codes = published.regions.filter((code) => model.places.some((p) => p.code === code));
  if (rows.length === 0 || codes.length === 0) return undefined;
  return html`<section id="published">
    <h2>Beside the published table</h2>
    <p class="how">${published.caveat} Ours is the headline median of this run.</p>
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
            ({ topology, ms }) =>
              html`<tr>
                <th scope="row">${breakable(topology)}</th>
                ${codes.map(
                  (code) =>
                    html`<td class="quiet">${ms[code]}</td>
                      <td>${ours(model, topology, code)}</td>`,
                )}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function ours({ tables }: ReportModel, target: string, code: string): string {
  const row = tables[0].rows.find(({ place }) => place.code === code);
  const cell = row?.cells.find((c) => c.target === target);
  const p50 = cell?.result.summary.p50;
  return p50 === undefined ? '–' : formatMillis(p50.centre);
}
