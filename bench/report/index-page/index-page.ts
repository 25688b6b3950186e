import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../base/package-root.ts';
import { formatMillis } from '../../base/units.ts';
import { html, Html, name } from '../html/markup.ts';
import { moment } from '../html/moment.ts';
import { plural } from '../words.ts';
import type { IndexedRun, ReportedRun } from './indexed-run.ts';

/** The list of runs with their verdicts, the newest first: one static file without any script. Pure but for its style. */
export function indexPage(runs: readonly IndexedRun[]): string {
  const ordered = [...runs].sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${style()}
      </head>
      <body>
        <main>
          <h1>Runs</h1>
          <p class="run">${counted(ordered)}</p>
          <ol class="runs">
            ${ordered.map(item)}
          </ol>
        </main>
      </body>
    </html> `;
  return page.source;
}

const title = 'Runs: time to first byte by region';

/** Whether a text is such a list, of this version or another. */
export const isIndexPage = (text: string): boolean =>
  text.startsWith('<!doctype html>') && text.includes(`<title>${title}</title>`);

const style = (): Html =>
  new Html(
    `<style>${readFileSync(join(packageRoot(), 'bench', 'report', 'page.css'), 'utf8')}</style>`,
  );

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Folders that can't be read come last. */
const orderOf = (run: IndexedRun): string => ('problem' in run ? '' : run.startedAtIso);

function counted(runs: readonly IndexedRun[]): string {
  if (runs.length === 0) return 'No run yet: bench run makes one.';
  return `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, the newest first. Each link leads to a page of its own.`;
}

function item(run: IndexedRun): Html {
  if ('problem' in run)
    return html`<li>
      <h2>${name(run.folder)}</h2>
      <p class="gaps">${run.problem}</p>
    </li>`;
  return html`<li>
    <h2><a href="${hrefOf(run.folder)}">${name(run.runId)}</a></h2>
    <p class="run">${facts(run)}</p>
    ${run.notice === undefined ? undefined : html`<p class="doubt">${run.notice}</p>`}
    ${run.verdicts.map((text) => html`<p class="verdict">${text}</p>`)} ${state(run)}
  </li>`;
}

const hrefOf = (folder: string): string => `${encodeURIComponent(folder)}/index.html`;

function facts(run: ReportedRun): Html {
  const { startedAtIso, provider, vantages, targets, rounds, budgetMs, folder, runId } = run;
  const parts = [
    html`${moment(startedAtIso)}`,
    html`provider ${name(provider)}`,
    html`${plural(vantages.length, 'region')} × ${plural(targets.length, 'target')} ×
    ${plural(rounds, 'round')}`,
    html`goal ${formatMillis(budgetMs)} ms`,
    ...(folder === runId ? [] : [html`in ${name(folder)}`]),
  ];
  return html`${parts.map((part, i) => html`${i === 0 ? '' : ' · '}${part}`)}`;
}

/** Said only where something is wrong. */
function state({ state, gaps, warnings }: ReportedRun): Html | undefined {
  const said = [
    ...(state === 'complete' ? [] : [`This run is ${state}.`]),
    ...gaps.map((gap) => `${gap}.`.replace(/\.\.$/, '.')),
    ...(warnings === 0 ? [] : [`${plural(warnings, 'warning')}.`]),
  ];
  return said.length === 0 ? undefined : html`<p class="gaps">${said.join(' ')}</p>`;
}
