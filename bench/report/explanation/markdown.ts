import { escapeMarkdown } from '../markdown-text.ts';
import type { ReportModel } from '../model.ts';
import { tableTitle } from '../titles.ts';
import { explainedTables, type ExplainedTable } from './explained-tables.ts';
import { causeFigures, causeHeadings, predictionFigures } from './figures.ts';
import { explanationNotes, howExplained, howPredicted } from './words.ts';

/** Where the time goes, as Markdown. */
export function explanationMarkdown(model: ReportModel): string {
  const title = `## Where the time goes: ${escapeMarkdown(model.manifest.runId)}`;
  return `${[title, ...explainedTables(model).map(section), howExplained(model.manifest).join(' ')].join('\n\n')}\n`;
}

function section(table: ExplainedTable): string {
  const causes = table.cells.map((cell) => [
    ...[cell.vantage, cell.target].map(escapeMarkdown),
    ...causeFigures(cell, table),
  ]);
  const heads = ['region', 'target', ...causeHeadings(table)];
  return [
    `**${escapeMarkdown(tableTitle(table.table))}, by cause, ms**`,
    lay(heads, causes, 2),
    ...predictions(table),
    ...explanationNotes(table).map((note) => `- ${escapeMarkdown(note)}`),
  ].join('\n\n');
}

function predictions(table: ExplainedTable): string[] {
  const [first] = table.predictions;
  if (first === undefined) return [];
  const vantages = [...new Set(table.predictions.map(({ vantage }) => vantage))];
  const body = vantages.map((v) => [escapeMarkdown(v), ...predictionFigures(table, v)]);
  return [
    '**What a placement would give, ms: predicted / measured**',
    lay(['region', ...table.placements.map(escapeMarkdown)], body, 1),
    escapeMarkdown(howPredicted(first.from)),
  ];
}

function lay(header: readonly string[], body: readonly string[][], labels: number): string {
  const rule = header.map((_, i) => (i < labels ? ':--' : '--:'));
  return [header, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
