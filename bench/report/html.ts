import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../base/package-root.ts';
import { baselineSection } from './html/baseline.ts';
import { calibrationSection } from './html/calibration.ts';
import { causesSection } from './html/causes.ts';
import { comparisonsSection } from './html/comparisons.ts';
import { consistencySection } from './html/consistency.ts';
import { distributionSection } from './html/distribution.ts';
import { heatSection } from './html/heat.ts';
import { historySection } from './html/history.ts';
import { latencySection } from './html/latency.ts';
import { mapSection } from './html/map.ts';
import { html, Html, inlineJson } from './html/markup.ts';
import { methodSection } from './html/method.ts';
import { publishedSection } from './html/published.ts';
import { roundsSection } from './html/rounds.ts';
import { verdictSection } from './html/verdict.ts';
import type { ReportModel } from './model.ts';
import { pageData } from './page-data.ts';

/** The sections of the page, in the order in which people need them. */
const sections: readonly ((model: ReportModel) => Html | undefined)[] = [
  verdictSection,
  mapSection,
  heatSection,
  latencySection,
  distributionSection,
  causesSection,
  consistencySection,
  roundsSection,
  comparisonsSection,
  publishedSection,
  baselineSection,
  historySection,
  calibrationSection,
  methodSection,
];

/** The whole report as one HTML file that asks nobody for anything. */
export function htmlReport(model: ReportModel): string {
  const script = readFileSync(join(packageRoot(), 'dist', 'page.js'), 'utf8');
  const style = ['page.css', 'heat.css', 'map.css', 'distribution.css']
    .map((file) => readFileSync(join(packageRoot(), 'bench', 'report', file), 'utf8'))
    .join('');
  const shown = sections.map((section) => section(model)).filter((part) => part !== undefined);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${titleOf(model)}</title>
        <link rel="icon" href="data:," />
        ${element('style', style)}
      </head>
      <body>
        <main>${shown}</main>
        <script type="application/json" id="data">
          ${inlineJson(pageData(model))}
        </script>
        ${element('script', script)}
      </body>
    </html> `;
  return page.source;
}

const titleOf = ({ distrust, manifest }: ReportModel): string =>
  `${distrust === undefined ? '' : 'Not trustworthy: '}Time to first byte by region: ${manifest.runId}`;

/** Not in the template: its source must stay what it is to the byte, for the policy names its hash. */
const element = (tag: 'script' | 'style', source: string): Html =>
  new Html(`<${tag}>${source}</${tag}>`);

/** Only this very script runs, and nothing is fetched. Chart.js needs styles that it sets itself. */
function policy(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const rules = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return rules.join('; ');
}
