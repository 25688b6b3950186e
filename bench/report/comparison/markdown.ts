import type { Comparison } from '../../compare/comparison.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import type { Compared } from './compared.ts';
import { fittingTable } from './fitting-table.ts';
import { headingOf } from './heading.ts';
import { reasonSentences } from './reasons.ts';
import { verdictSentences } from './sentences.ts';
import { sideLabels } from './words.ts';
import { workloadsOf, workloadTitle, type ComparedWorkload } from './workloads.ts';

/** Comparisons as Markdown, for a pull request or a job summary. */
export function markdownComparison({ comparisons, doubts, notes }: Compared): string {
  const first = doubts.map((doubt) => `> **${escapeMarkdown(doubt)}**`);
  return `${[...first, ...comparisons.map(section), ...bullets(notes)].join('\n\n')}\n`;
}

function section(comparison: Comparison): string {
  const workloads = workloadsOf(comparison);
  return [
    `### ${escapeMarkdown(headingOf(comparison))}`,
    ...bullets(verdictSentences(comparison)),
    ...workloads.map((workload) => table(comparison, workload)),
    ...bullets([...workloads.flatMap(reasonSentences), ...comparison.notes]),
  ].join('\n\n');
}

function table(comparison: Comparison, workload: ComparedWorkload): string {
  const { header, body } = fittingTable(workload, sideLabels(comparison), Infinity);
  const rule = header.map((_, i) => (i === 0 ? ':--' : '--:'));
  const lines = [header.map(escapeMarkdown), rule, ...body.map((row) => row.map(escapeMarkdown))];
  const title = `**${escapeMarkdown(workloadTitle(workload))}, ms**`;
  return `${title}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
}

function bullets(items: readonly string[]): string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${escapeMarkdown(item)}`).join('\n')];
}
