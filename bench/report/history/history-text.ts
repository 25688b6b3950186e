import pc from 'picocolors';
import { formatMillis } from '../../base/units.ts';
import { alignTable, wrapText } from '../text-table.ts';
import { plusMinus, visible } from '../words.ts';
import type { History, HistoryCell } from './history.ts';
import { sparkLine } from './spark-line.ts';
import { bandLevel } from './trend.ts';
import { bandWords, nameOf, sentencesOn } from './words.ts';

export interface HistoryTextOptions {
  readonly color: boolean;
  /** Width of the terminal in characters. */
  readonly columns: number;
}

const marks = { above: '▲', below: '▼', within: ' ', unknown: ' ' } as const;
/** As many bars as a narrow terminal has room for. */
const shownRuns = 30;

/** The history for a terminal: a row a cell, what it means, what was left out. */
export function historyText(history: History, { color, columns }: HistoryTextOptions): string {
  const colors = pc.createColors(color);
  const { cells, runs, quantile } = history;
  const header = ['', 'trend', 'median', 'newest', 'expected', ''];
  const table = alignTable(
    header,
    cells.map((cell) => rowOf(cell, history)),
    columns,
  );
  const paint = (text: string, cell: HistoryCell | undefined) =>
    cell?.newest === 'above'
      ? colors.red(text)
      : cell?.newest === 'below'
        ? colors.green(text)
        : text;
  const lines = table.map((line) =>
    line
      .map(({ text, row }) => (row === undefined ? colors.bold(text) : paint(text, cells[row])))
      .join('')
      .trimEnd(),
  );
  const paragraph = (text: string) => wrapText(visible(text), columns);
  const span = [runs[0], runs.at(-1)].map((run) => run?.manifest.startedAtIso.slice(0, 10));
  const legend = `ms; ±: 95 % interval; expected: ${100 * bandLevel} % band from the runs before (since the last change); ▲ above it, ▼ below it`;
  return [
    [
      colors.bold(paragraph(`${quantile} over ${runs.length} runs, ${span.join(' to ')}`)),
      '',
      ...lines,
      '',
      colors.dim(wrapText(legend, columns)),
    ].join('\n'),
    sentencesOn(history).map(paragraph).join('\n'),
    ...history.notes.map((note) => colors.yellow(paragraph(note))),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

function rowOf(cell: HistoryCell, history: History): string[] {
  const values = cell.points.map((point) => point?.centre);
  const newest = cell.points.at(-1);
  return [
    visible(nameOf(cell, history)),
    sparkLine(values.slice(-shownRuns)),
    middle(values.filter((value) => value !== undefined)),
    newest === undefined ? '–' : plusMinus(newest),
    bandWords(cell),
    marks[cell.newest],
  ];
}

/** The upper one of two: a value that was measured. */
function middle(values: readonly number[]): string {
  const value = [...values].sort((a, b) => a - b)[values.length >> 1];
  return value === undefined ? '–' : formatMillis(value);
}
