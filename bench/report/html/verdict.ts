import { formatMillis, formatSeconds } from '../../base/units.ts';
import type { Finding } from '../findings.ts';
import type { ReportModel } from '../model.ts';
import { plural } from '../words.ts';
import { html, name, type Html } from './markup.ts';
import { moment } from './moment.ts';

/** The head of the page: what the run means, and what it lacks. */
export function verdictSection(model: ReportModel): Html {
  const { manifest, findings, budgetMs } = model;
  const { plan } = manifest;
  return html`<header id="verdict">
    ${doubt(model)}
    <h1>Time to first byte, by region and deployment</h1>
    <p class="run">
      ${name(manifest.runId)} · ${moment(manifest.startedAtIso)} · provider
      ${name(manifest.provider)} · ${plural(plan.vantages.length, 'region')} ×
      ${plural(plan.targets.length, 'target')} × ${plural(plan.rounds, 'round')} ·
      ${formatSeconds(plan.durationMs / 1000)} of load · goal ${formatMillis(budgetMs)} ms
    </p>
    ${list(findings.filter(isVerdict))} ${gaps(model)}
  </header>`;
}

function list(findings: readonly Finding[]): Html | undefined {
  if (findings.length === 0) return undefined;
  return html`<ol class="findings">
    ${findings.map(({ topic, text }) => html`<li class="${topic}">${text}</li>`)}
  </ol>`;
}

/** Before anything that it is about. */
function doubt({ distrust }: ReportModel): Html | undefined {
  if (distrust === undefined) return undefined;
  return html`<p class="doubt" role="note"><strong>${distrust.sentence}</strong></p>`;
}

/** How small a difference would have shown stands with the comparisons: it is no news of the deployments. */
const isVerdict = ({ topic }: Finding): boolean => topic !== 'sensitivity';

function gaps({ places, missing, manifest }: ReportModel): Html | undefined {
  const lost = places.flatMap(({ code, gap }) =>
    gap === undefined ? [] : [html`<li><b>${name(code)}</b> is missing: ${gap}</li>`],
  );
  const items = [...lost, ...missing.map((text) => html`<li>${text}</li>`)];
  if (items.length === 0 && manifest.state === 'complete') return undefined;
  return html`<div class="gaps" role="note">
    <p>
      <b>This run is ${manifest.state === 'complete' ? 'not whole' : manifest.state}.</b> What is
      there is shown; nothing is filled in.
    </p>
    <ul>
      ${items}
    </ul>
  </div>`;
}
