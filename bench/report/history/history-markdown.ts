import { escapeMarkdown } from '../markdown-text.ts';
import { plusMinus } from '../words.ts';
import type { History, HistoryCell } from './history.ts';
import { sparkLine } from './spark-line.ts';
import { bandLevel } from './trend.ts';
import { bandWords, nameOf, sentencesOn } from './words.ts';

/** The history as Markdown, for a job summary. */
export function historyMarkdown(history: History): string {
  const { cells, runs, notes, quantile } = history;
  const header = ['cell', 'trend', 'newest', 'expected'];
  const rule = header.map((_, i) => (i < 2 ? ':--' : '--:'));
  const body = cells.map((cell) => rowOf(cell, history));
  const [first, last] = [runs[0], runs.at(-1)].map((run) => run?.manifest.runId ?? '');
  return [
    `## ${quantile} over ${runs.length} runs\n`,
    `From ${escapeMarkdown(first ?? '')} to ${escapeMarkdown(last ?? '')}; ms; expected: ${100 * bandLevel} % band from the runs before.\n`,
    ...[header, rule, ...body].map((row) => `| ${row.join(' | ')} |`),
    '',
    ...[...sentencesOn(history), ...notes].map((text) => `- ${escapeMarkdown(text)}`),
    '',
  ].join('\n');
}

function rowOf(cell: HistoryCell, history: History): string[] {
  const newest = cell.points.at(-1);
  const figure = newest === undefined ? '–' : plusMinus(newest);
  return [
    escapeMarkdown(nameOf(cell, history)),
    sparkLine(cell.points.map((point) => point?.centre)),
    cell.newest === 'above' || cell.newest === 'below' ? `**${figure}** ${cell.newest}` : figure,
    bandWords(cell),
  ];
}
