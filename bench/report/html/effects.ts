import type { ComparedCell, Comparison } from '../../compare/comparison.ts';
import * as figures from '../comparison/figures.ts';
import { reasonSentences } from '../comparison/reasons.ts';
import { verdictSentences } from '../comparison/sentences.ts';
import { cellLabel, sideLabels } from '../comparison/words.ts';
import { workloadsOf, workloadTitle, type ComparedWorkload } from '../comparison/workloads.ts';
import { candidateName, effectsData, effectsId } from '../page-data/effects.ts';
import { chartFigure, figuresTable } from './chart-figure.ts';
import { html, name, type Html } from './markup.ts';

/** Comparisons as a chart for each workload, and for each candidate its verdict in words and its figures as a table. */
export function effects(comparisons: readonly Comparison[], of: 'within' | 'baseline'): Html {
  const [first, ...others] = comparisons;
  // Said once, not of every target.
  const common = (first?.notes ?? []).filter((note) =>
    others.every(({ notes }) => notes.includes(note)),
  );
  return html`${effectsData(comparisons, []).map(({ title }, i) =>
    chartFigure({
      id: effectsId(of, i),
      title: `Medians as multiples of the baseline’s. ${title}`,
      how: html`A dot left of 1 is faster than the baseline, right of it slower; bars are 95 %
      intervals. Within the grey band a difference is too small to count.`,
      isFixed: true,
    }),
  )}
  ${list(common)} ${comparisons.map((comparison) => article(comparison, common))}`;
}

function list(texts: readonly string[]): Html | undefined {
  if (texts.length === 0) return undefined;
  return html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;
}

function article(comparison: Comparison, common: readonly string[]): Html {
  const notes = comparison.notes.filter((note) => !common.includes(note));
  return html`<article>
    <h3>${name(candidateName(comparison))}</h3>
    <p>${verdictSentences(comparison).join(' ')}</p>
    ${workloadsOf(comparison).map((workload) => table(comparison, workload))}
    ${list([...workloadsOf(comparison).flatMap(reasonSentences), ...notes])}
  </article>`;
}

function table(comparison: Comparison, workload: ComparedWorkload): Html {
  const title = `${workloadTitle(workload)}, ms`;
  const [baseline, candidate] = sideLabels(comparison);
  const heads = [
    ...['Region and quantile', baseline, candidate],
    ...['Difference ms', 'Difference %', 'Detects', 'Verdict'],
  ];
  return html`<details>
    <summary>The figures as a table: ${title}</summary>
    ${figuresTable(`${candidateName(comparison)} against ${baseline}, ${title}`, heads, workload.cells.map(row))}
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
