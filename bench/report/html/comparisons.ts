import type { ReportModel } from '../model.ts';
import { effects } from './effects.ts';
import { html, name, type Html } from './markup.ts';

/** Verdicts, every target against the first; nothing where there is one target. */
export function comparisonsSection({ comparisons, findings }: ReportModel): Html | undefined {
  const shown = comparisons.filter(({ cells }) => cells.length > 0);
  if (shown.length === 0) return undefined;
  return html`<section id="comparisons">
    <h2>Slower or faster, judged round by round</h2>
    <p class="how">
      Each target against ${name(shown[0]?.baseline.target ?? '')}, paired by round; all verdicts of
      a table are judged as one family (Holm, 1 % for each direction). Each figure is the geometric
      mean of the rounds’ own p50 or p95, with 95 % intervals for the difference. Detects: the
      smallest slow-down that would be called one, in 4 of 5 cases.
      ${findings.find(({ topic }) => topic === 'sensitivity')?.text}
    </p>
    ${effects(shown, 'within')}
  </section>`;
}
