import { countedRounds } from '../../samples/superseded.ts';
import type { ReportModel } from '../model.ts';
import { commandLine, plural } from '../words.ts';
import { areEmulated } from '../distances.ts';
import { rentedMachines } from '../rented.ts';
import { figuresTable } from './chart-figure.ts';
import { downloads } from './downloads.ts';
import { html, name, type Html } from './markup.ts';
import { methodFacts } from './method-facts.ts';

/** How the figures came about, and how to get them, or get them again. */
export function methodSection(model: ReportModel): Html {
  const { manifest, warnings } = model;
  return html`<section id="method">
    <h2>How it was measured</h2>
    <p>
      k6 ran at every region at the same time, each as one process that visited all targets in
      ${plural(countedRounds(manifest.plan), 'round')} of shuffled order, so that whatever disturbed
      ${areEmulated(manifest) ? 'the machine' : 'one of the machines'} hit every target alike. The
      round, not the request, is the independent unit: the interval of a median is the t interval
      over the rounds’ log medians; those of p95 and p99 span both the interval of the order
      statistics and that of the bootstrap over rounds.
    </p>
    <dl>
      ${methodFacts(model).map(
        ([term, value]) =>
          html`<dt>${term}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${machines(model)}
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

/** Left out for the local world, whose vantages are processes of one machine. */
function machines({ manifest }: ReportModel): Html | undefined {
  const rented = rentedMachines(manifest);
  if (rented.length === 0) return undefined;
  return html`<h3>The machines it was measured from</h3>
    <p class="how">
      “Clock” is how far a machine’s clock was from that of the machine that started the run, by
      which all starts were agreed; latencies are differences on one clock and don’t depend on it.
    </p>
    ${figuresTable(
      'Machines',
      ['Region', ...['Machine', 'Runs in', 'Size', 'Clock'].map((words) => ({ words }))],
      rented.map(
        ({ vantage, id, region, size, clock }) =>
          html`<tr>
            <th scope="row">${name(vantage)}</th>
            ${[id, region, size, clock].map((text) => html`<td class="text">${text}</td>`)}
          </tr> `,
      ),
    )}`;
}

/** The command that was typed, with the seed that was drawn. */
function repeating({ manifest: { command, plan } }: ReportModel): string {
  const isSeeded = command.some((argument) => argument.startsWith('--seed'));
  return commandLine(isSeeded ? command : [...command, '--seed', String(plan.seed)]);
}
