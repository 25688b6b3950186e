import type { ReportModel } from '../model.ts';
import { effects } from './effects.ts';
import { html, name, type Html } from './markup.ts';

/** This run against an earlier one; nothing where none was named. */
export function baselineSection({ baseline }: ReportModel): Html | undefined {
  if (baseline === undefined) return undefined;
  const { comparisons, doubts } = baseline;
  const notes = [...doubts, ...baseline.notes];
  return html`<section id="baseline">
    <h2>Against an earlier run</h2>
    <p class="how">
      Each target against what it was in ${name(comparisons[0]?.baseline.runId ?? '')}. The runs
      shared no rounds: what changes from day to day on the machine is not in the intervals, so this
      shows where to look, and no gate rests on it.
    </p>
    ${
      notes.length === 0
        ? undefined
        : html`<ul class="warnings">
            ${notes.map((text) => html`<li>${text}</li>`)}
          </ul>`
    }
    ${effects(comparisons, 'baseline')}
  </section>`;
}
