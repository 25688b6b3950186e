import pc from 'picocolors';
import type { ComparedCell, Comparison } from '../../compare/comparison.ts';
import type { TextOptions } from '../text.ts';
import { alignTable, wrapText } from '../text-table.ts';
import { visible } from '../words.ts';
import type { Compared } from './compared.ts';
import { fittingTable } from './fitting-table.ts';
import { headingOf } from './heading.ts';
import { reasonSentences } from './reasons.ts';
import { verdictSentences } from './sentences.ts';
import { sideLabels } from './words.ts';
import { workloadsOf, workloadTitle, type ComparedWorkload } from './workloads.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** Comparisons for a terminal: who against whom, a table of verdicts, what it says, why not more. */
export function textComparison(
  { comparisons, doubts, notes }: Compared,
  options: TextOptions,
): string {
  const colors = pc.createColors(options.color);
  const paragraph = (text: string) => wrapText(visible(text), options.columns);
  return [
    ...doubts.map((doubt) => colors.bold(colors.red(paragraph(doubt)))),
    ...comparisons.flatMap((comparison) => blocks(comparison, colors, options.columns)),
    colors.dim(paragraph(legend)),
    ...notes.map((note) => colors.yellow(paragraph(note))),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

function blocks(comparison: Comparison, colors: Colors, columns: number): string[] {
  const paragraph = (text: string) => wrapText(visible(text), columns);
  const workloads = workloadsOf(comparison);
  return [
    colors.bold(paragraph(headingOf(comparison))),
    ...workloads.map((workload) => section(comparison, workload, colors, columns)),
    verdictSentences(comparison).map(paragraph).join('\n'),
    ...workloads
      .map((workload) => reasonSentences(workload).map(paragraph).join('\n'))
      .filter((reasons) => reasons !== ''),
    ...comparison.notes.map((note) => colors.yellow(paragraph(note))),
  ];
}

const legend =
  "Each figure is the geometric mean of the rounds' own p50 or p95; mean: over the regions, too. " +
  'Difference: candidate − baseline (95 % interval). ' +
  'Detects: the smallest slow-down that would be called one, in 4 of 5 cases.';

function section(
  comparison: Comparison,
  workload: ComparedWorkload,
  colors: Colors,
  columns: number,
): string {
  const { header, body } = fittingTable(workload, sideLabels(comparison), columns);
  const lines = alignTable(header, body, columns).map((line) =>
    line
      .map(({ text, row, column }) => {
        if (text.trim() === '') return text;
        if (row === undefined) return colors.bold(text);
        return column === header.length - 1 ? paint(workload.cells[row], text, colors) : text;
      })
      .join('')
      .trimEnd(),
  );
  return [colors.bold(wrapText(`${workloadTitle(workload)}, ms`, columns)), '', ...lines].join(
    '\n',
  );
}

function paint(cell: ComparedCell | undefined, text: string, colors: Colors): string {
  if (cell === undefined) return text;
  const paints = {
    slower: colors.red,
    faster: colors.green,
    'no-difference': colors.cyan,
    inconclusive: colors.yellow,
  };
  return paints[cell.verdict](text);
}
