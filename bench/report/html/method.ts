import type { ReportModel } from '../model.ts';
import { commandLine } from '../words.ts';
import { downloads } from './downloads.ts';
import { html, type Html } from './markup.ts';
import { methodFacts } from './method-facts.ts';

/** How the figures came about, and how to get them, or get them again. */
export function methodSection(model: ReportModel): Html {
  const { manifest, warnings } = model;
  return html`<section id="method">
    <h2>How it was measured</h2>
    <p>
      k6 ran at every region at the same time, each as one process that visited all targets in
      ${manifest.plan.rounds} rounds of shuffled order, so that whatever disturbed the machine hit
      every target alike. The round, not the request, is the independent unit: the interval of a
      median is the t interval over the rounds’ log medians; those of p95 and p99 span both the
      interval of the order statistics and that of the bootstrap over rounds.
    </p>
    <dl>
      ${methodFacts(model).map(
        ([term, value]) =>
          html`<dt>${term}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <h3>Warnings</h3>
    ${
      warnings.length === 0
        ? html`<p>None.</p>`
        : html`<ul class="warnings">
            ${warnings.map((text) => html`<li>${text}</li>`)}
          </ul>`
    }
    <h3>Reproduce it</h3>
    <pre><code>${repeating(model)}</code></pre>
    <h3>The figures as files</h3>
    ${downloads(model)}
  </section>`;
}

/** The command that was typed, with the seed that was drawn. */
function repeating({ manifest: { command, plan } }: ReportModel): string {
  const isSeeded = command.some((argument) => argument.startsWith('--seed'));
  return commandLine(isSeeded ? command : [...command, '--seed', String(plan.seed)]);
}
