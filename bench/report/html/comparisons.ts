import type { ComparedCell, Comparison } from '../../compare/comparison.ts';
import * as figures from '../comparison/figures.ts';
import { reasonSentences } from '../comparison/reasons.ts';
import { verdictSentences } from '../comparison/sentences.ts';
import { cellLabel, sideLabels } from '../comparison/words.ts';
import { workloadsOf, workloadTitle, type ComparedWorkload } from '../comparison/workloads.ts';
import type { ReportModel } from '../model.ts';
import { breakable } from './heat.ts';
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
    ${shown.map(article)}
  </section>`;
}

function article(comparison: Comparison): Html {
  const items = [...workloadsOf(comparison).flatMap(reasonSentences), ...comparison.notes].map(
    (text) => html`<li>${text}</li>`,
  );
  return html`<article>
    <h3>${name(sideLabels(comparison)[1])}</h3>
    <p>${verdictSentences(comparison).join(' ')}</p>
    ${workloadsOf(comparison).map((workload) => table(comparison, workload))}
    ${
      items.length === 0
        ? undefined
        : html`<ul>
            ${items}
          </ul>`
    }
  </article>`;
}

function table(comparison: Comparison, workload: ComparedWorkload): Html {
  const title = `${workloadTitle(workload)}, ms`;
  const [baseline, candidate] = sideLabels(comparison);
  const heads = [
    ...['', breakable(baseline), breakable(candidate)],
    ...['Difference ms', 'Difference %', 'Detects', 'Verdict'],
  ];
  return html`<details open>
    <summary>${title}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}">
      <table class="figures">
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${workload.cells.map(row)}
        </tbody>
      </table>
    </div>
  </details>`;
}

const columns: readonly figures.Figure[] = [
  figures.baselineMs,
  figures.candidateMs,
  figures.differenceMsWithin,
  figures.differencePercent,
  figures.detectable,
  figures.verdict,
];

function row(cell: ComparedCell): Html {
  return html`<tr>
    <th scope="row">${name(cellLabel(cell))}</th>
    ${columns.map((figure) => html`<td>${figure(cell)}</td>`)}
  </tr> `;
}
