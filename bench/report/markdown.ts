import type { ReportModel } from './model.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { rentedSentences } from './rented.ts';
import { tableTitle } from './titles.ts';
import type { LatencyTable, TableCell } from './tables.ts';
import { isBelow, plusMinus } from './words.ts';

/** The run as Markdown, for a pull request or a job summary. */
export function markdown(model: ReportModel): string {
  const gaps = model.places.flatMap(({ code, gap }) =>
    gap === undefined ? [] : [`${code} is missing: ${gap}.`],
  );
  return [
    ...(model.distrust === undefined ? [] : [`> **${escapeMarkdown(model.distrust.sentence)}**\n`]),
    `## ${escapeMarkdown(model.manifest.runId)}\n`,
    ...model.findings.map(({ text }) => `- ${escapeMarkdown(text)}`),
    ...model.tables.map((table) => section(model, table)),
    ...bullets('Machines', rentedSentences(model.manifest)),
    ...bullets('Missing', [...gaps, ...model.missing]),
    ...bullets('Warnings', model.warnings),
    '',
  ].join('\n');
}

function section(model: ReportModel, table: LatencyTable): string {
  const header = ['region', ...model.targets.map(escapeMarkdown)];
  const rule = header.map((_, i) => (i === 0 ? ':--' : '--:'));
  const body = table.rows.map(({ place, cells }) => [
    escapeMarkdown(place.city === undefined ? place.code : `${place.code} ${place.city}`),
    ...cells.map((cell) => figure(cell, model.budgetMs)),
  ]);
  const title = `${tableTitle(table)}, ms; bold is within the goal of ${model.budgetMs} ms`;
  const lines = [header, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`);
  return `\n**${escapeMarkdown(title)}**\n\n${lines.join('\n')}`;
}

function figure({ result }: TableCell, budgetMs: number): string {
  const { p50 } = result.summary;
  if (p50 === undefined) return '–';
  return isBelow(p50, budgetMs) ? `**${plusMinus(p50)}**` : plusMinus(p50);
}

function bullets(title: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : ['', `**${title}**`, '', ...items.map((i) => `- ${escapeMarkdown(i)}`)];
}
