import pc from 'picocolors';
import type { ReportModel } from './model.ts';
import type { LatencyTable, TableCell, TableRow } from './tables.ts';
import { alignTable, wrapText } from './text-table.ts';
import { rentedSentences } from './rented.ts';
import { tableTitle } from './titles.ts';
import { isBelow, plusMinus, visible } from './words.ts';

export interface TextOptions {
  readonly color: boolean;
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** The page, if there is one, named last. */
  readonly page?: string;
}

type Colors = ReturnType<typeof pc.createColors>;

/** The run for a terminal: tables of medians, what they mean, what is missing, where the page is. */
export function textReport(model: ReportModel, options: TextOptions): string {
  const colors = pc.createColors(options.color);
  const paragraph = (text: string) => wrapText(visible(text), options.columns);
  const page = options.page === undefined ? [] : [`Page: ${visible(options.page)}`];
  const doubt = model.distrust === undefined ? [] : [paragraph(model.distrust.sentence)];
  return [
    ...doubt.map((sentence) => colors.bold(colors.red(sentence))),
    ...model.tables.map((table) => section(model, table, colors, options.columns)),
    ...(model.findings.length === 0
      ? []
      : [model.findings.map(({ text }) => paragraph(text)).join('\n')]),
    ...rentedSentences(model.manifest).map((text) => colors.dim(paragraph(text))),
    ...notes(model).map((note) => colors.yellow(paragraph(note))),
    ...page,
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

function section(model: ReportModel, table: LatencyTable, colors: Colors, columns: number): string {
  const body = table.rows.map((row) => rowOf(row, model.budgetMs));
  const aligned = alignTable(['', ...model.targets.map(visible)], body, columns);
  const coloured = aligned.map((line) =>
    line
      .map(({ text, row, column }) => {
        const cell = row === undefined ? undefined : table.rows[row]?.cells[column - 1];
        return row === undefined ? colors.bold(text) : paint(cell, text, colors);
      })
      .join(''),
  );
  const isCut = table.rows.some(({ cells }) =>
    cells.some(({ result }) => result.summary.p50?.isLowerBound === true),
  );
  const atLeast = isCut ? '; ≥: requests were cut, it takes at least that long' : '';
  const legend = `±: 95 % interval; !: above the goal of ${model.budgetMs} ms${atLeast}`;
  return [
    colors.bold(wrapText(`${tableTitle(table)}, ms`, columns)),
    '',
    ...coloured.map((line) => line.trimEnd()),
    '',
    colors.dim(wrapText(legend, columns)),
  ].join('\n');
}

function rowOf({ place, cells }: TableRow, budgetMs: number): string[] {
  const label = [place.code, place.city ?? ''].map(visible).join(' ').trim();
  return [label, ...cells.map((cell) => figure(cell, budgetMs))];
}

/** The mark says without colour what the colour says. */
function figure({ result }: TableCell, budgetMs: number): string {
  const { p50 } = result.summary;
  if (p50 === undefined) return '–  ';
  return `${plusMinus(p50)} ${isBelow(p50, budgetMs) ? ' ' : '!'}`;
}

function paint(cell: TableCell | undefined, text: string, colors: Colors): string {
  if (cell === undefined) return text;
  const { heat } = cell;
  if (heat === undefined) return colors.dim(text);
  if (heat <= 2) return colors.green(text);
  if (heat === 3) return colors.cyan(text);
  return heat === 4 ? colors.yellow(text) : colors.red(text);
}

function notes({ places, missing, warnings }: ReportModel): string[] {
  const gaps = places.flatMap(({ code, gap }) =>
    gap === undefined ? [] : [`${code} is missing: ${gap}.`],
  );
  return [...gaps, ...missing, ...summarised(warnings)];
}

/** A terminal shows the first few; the page has them all. */
function summarised(warnings: readonly string[]): string[] {
  const shown = 5;
  if (warnings.length <= shown) return [...warnings];
  return [...warnings.slice(0, shown), `… and ${warnings.length - shown} more warnings.`];
}
