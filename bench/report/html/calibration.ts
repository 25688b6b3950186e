import { formatMillis } from '../../base/units.ts';
import { linkName, type CalibrationRow, type MeasuredLink } from '../calibration.ts';
import type { ReportModel } from '../model.ts';
import { linksFigure } from './links.ts';
import { html, name, type Html } from './markup.ts';

/** Wanted and measured round trips of the emulated links; left out where nothing is emulated. */
export function calibrationSection({ calibration, links }: ReportModel): Html | undefined {
  if (calibration.length === 0 && links === undefined) return undefined;
  return html`<section id="calibration">
    <h2>Are the distances real?</h2>
    ${links === undefined ? undefined : linksFigure(links)}
    ${calibration.length === 0 ? undefined : beforeAndAfter(calibration)}
  </section>`;
}

function beforeAndAfter(calibration: readonly CalibrationRow[]): Html {
  return html`<figure>
    <figcaption>Measured minus wanted round trip, before and after the run</figcaption>
    <p class="how">
      Round trips over every emulated link, by TCP echo just before and just after the run. Shown is
      how far the measured median was from the wanted one.
    </p>
    <div class="chart">
      <canvas
        id="calibration-chart"
        role="img"
        aria-label="Measured minus wanted round trip by link; the table below has the same figures"
      ></canvas>
    </div>
    <details>
      <summary>The figures as a table</summary>
      ${table(calibration)}
    </details>
  </figure>`;
}

function table(rows: readonly CalibrationRow[]): Html {
  const measured = ['median', 'error', 'p99', 'opening'];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Calibration">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col" rowspan="2">Link</th>
            <th scope="col" rowspan="2">Wanted, ms</th>
            <th scope="colgroup" colspan="4">Before, ms</th>
            <th scope="colgroup" colspan="4">After, ms</th>
          </tr>
          <tr>
            ${[...measured, ...measured].map((text) => html`<th scope="col">${text}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row">${name(linkName(row))}</th>
                <td>${formatMillis(row.wantedMs)}</td>
                ${cells(row.before)}${cells(row.after)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    <p class="how">
      “Opening” is connect plus first echo: about twice the round trip, as on a real ocean.
    </p>`;
}

function cells(link: MeasuredLink | undefined): Html[] {
  if (link === undefined) return [html`<td colspan="4">not measured</td>`];
  const error = `${link.errorMs < 0 ? '−' : '+'}${Math.abs(link.errorMs).toFixed(2)}`;
  return [formatMillis(link.p50Ms), error, formatMillis(link.p99Ms), formatMillis(link.openMs)].map(
    (text) => html`<td>${text}</td>`,
  );
}
