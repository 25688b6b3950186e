import pc from 'picocolors';
import type { ReportModel } from '../model.ts';
import { alignTable, wrapText } from '../text-table.ts';
import type { TextOptions } from '../text.ts';
import { tableTitle } from '../titles.ts';
import { visible } from '../words.ts';
import { explainedTables, type ExplainedTable } from './explained-tables.ts';
import { causeFigures, causeHeadings, predictionFigures } from './figures.ts';
import { explanationNotes, howExplained, howPredicted } from './words.ts';

/** Where the time goes, for a terminal. */
export function explanationText(model: ReportModel, options: TextOptions): string {
  const { dim } = pc.createColors(options.color);
  return [
    ...explainedTables(model).flatMap((table) => blocks(table, options)),
    ...howExplained(model.manifest).map((text) => dim(wrapText(text, options.columns))),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

function blocks(table: ExplainedTable, { color, columns }: TextOptions): string[] {
  const { bold, dim, yellow } = pc.createColors(color);
  const paragraph = (text: string) => wrapText(text, columns);
  const lay = (header: string[], body: string[][]) =>
    alignTable(header, body, columns)
      .map((line) => line.map(({ text, row }) => (row === undefined ? bold(text) : text)).join(''))
      .map((line) => line.trimEnd())
      .join('\n');
  const [from] = table.predictions.map((prediction) => prediction.from);
  const causes = table.cells.map((cell) => [
    visible(`${cell.vantage} ${cell.target}`),
    ...causeFigures(cell, table),
  ]);
  return [
    `${bold(paragraph(`${tableTitle(table.table)}, by cause, ms`))}\n\n${lay(['', ...causeHeadings(table)], causes)}`,
    ...(from === undefined
      ? []
      : [
          predictions(table, lay, (text) => bold(paragraph(text))),
          dim(paragraph(howPredicted(from))),
        ]),
    ...explanationNotes(table).map((note) => yellow(paragraph(note))),
  ];
}

function predictions(
  table: ExplainedTable,
  lay: (header: string[], body: string[][]) => string,
  title: (text: string) => string,
): string {
  const vantages = [...new Set(table.predictions.map(({ vantage }) => vantage))];
  const body = vantages.map((vantage) => [visible(vantage), ...predictionFigures(table, vantage)]);
  const heading = title('What a placement would give, ms: predicted / measured');
  return `${heading}\n\n${lay(['', ...table.placements.map(visible)], body)}`;
}
