import { formatSeconds } from '../../base/units.ts';
import type { ReportModel } from '../model.ts';
import { commandLine } from '../words.ts';
import { html, name, type Html } from './markup.ts';

/** How the figures came about, and how to get them again. */
export function methodSection(model: ReportModel): Html {
  const { manifest, warnings } = model;
  return html`<section id="method">
    <h2>How it was measured</h2>
    <p>
      k6 ran at every region at the same time, each as one process that visited all targets in
      ${manifest.plan.rounds} rounds of shuffled order, so that whatever disturbed the machine hit
      every target alike. The round, not the request, is the independent unit: the interval of a
      median is the t interval over the rounds’ log medians.
    </p>
    <dl>
      ${facts(model).map(
        ([term, value]) =>
          html`<dt>${term}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <h3>Reproduce it</h3>
    <pre><code>${repeating(model)}</code></pre>
    <h3>Warnings</h3>
    ${
      warnings.length === 0
        ? html`<p>None.</p>`
        : html`<ul class="warnings">
            ${warnings.map((text) => html`<li>${text}</li>`)}
          </ul>`
    }
  </section>`;
}

/** The command that was typed, with the seed that was drawn. */
function repeating({ manifest: { command, plan } }: ReportModel): string {
  const isSeeded = command.some((argument) => argument.startsWith('--seed'));
  return commandLine(isSeeded ? command : [...command, '--seed', String(plan.seed)]);
}

function facts({ manifest, cells }: ReportModel): [string, Html][] {
  const { plan, versions } = manifest;
  const sum = (of: (cell: (typeof cells)[number]) => number) =>
    cells.reduce((total, cell) => total + of(cell), 0).toLocaleString('en');
  const warm = cells.filter(({ temperature }) => temperature === 'warm');
  const errors = warm.reduce((total, { errors }) => total + errors, 0).toLocaleString('en');
  const invalid = `${sum((c) => c.excluded)} excluded (implausible, or in an invalid round), ${errors} failed`;
  return [
    [
      'Scenarios',
      html`${plan.scenarios.map((s, i) => html`${i > 0 ? ', ' : ''}${name(s.name)}${settings(s.env)}`)}`,
    ],
    [
      'Load',
      html`${plan.rate} iterations a second at each region, ${plan.vus} virtual users,
      ${formatSeconds(plan.durationMs / 1000)}`,
    ],
    ['Profile and seed', html`${plan.profile}, seed ${plan.seed}, ${plan.rounds} rounds`],
    ['Samples', html`${sum((c) => c.summary.n)} used, ${invalid}`],
    [
      'Timeout',
      html`${formatSeconds(plan.requestTimeoutMs / 1000)}; a slower request is an error, never a
      latency`,
    ],
    ['Primary region', name(plan.primary)],
    [
      'Versions',
      html`bench
      ${versions.bench}${versions.gitSha === undefined ? undefined : ` (${versions.gitSha.slice(0, 10)})`},
      k6 ${versions.k6}, Node
      ${versions.node}${versions.postgres === undefined ? undefined : `, Postgres ${versions.postgres}`},
      ${versions.os}`,
    ],
    ['Ended', html`${manifest.endedAtIso} (${manifest.state})`],
  ];
}

function settings(env: Readonly<Record<string, string>>): Html | undefined {
  const pairs = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? undefined : html` (${pairs.join(', ')})`;
}
