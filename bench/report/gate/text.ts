import pc from 'picocolors';
import type { GateOutcome, Judgement } from '../../compare/gate/judgement.ts';
import { alignTable, wrapText } from '../text-table.ts';
import type { TextOptions } from '../text.ts';
import { visible } from '../words.ts';
import { headline } from './headline.ts';
import { budgetTable, regressionTables, type GateRow, type GateTable } from './tables.ts';
import { reasonText, trendText } from './words.ts';

type Colors = ReturnType<typeof pc.createColors>;

/** More reasons than this are counted only. */
const reasonsShown = 6;

/** A judgement for a terminal: how it ended, why, and the tables that it rests on. */
export function textGate(judgement: Judgement, options: TextOptions): string {
  const colors = pc.createColors(options.color);
  const paragraph = (text: string) => wrapText(visible(text), options.columns);
  const budgets = budgetTable(judgement);
  const tables = [...(budgets === undefined ? [] : [budgets]), ...regressionTables(judgement)];
  return [
    outcomeColor(judgement.outcome, colors)(colors.bold(paragraph(headline(judgement)))) +
      `\n${colors.dim(paragraph(judgement.runId))}`,
    reasons(judgement).map(paragraph).join('\n'),
    ...tables.map((table) => section(table, colors, options.columns)),
    judgement.trends.map((trend) => paragraph(trendText(trend))).join('\n'),
    judgement.notes.map((note) => colors.yellow(paragraph(note))).join('\n'),
  ]
    .filter((block) => block !== '')
    .map((block) => `${block}\n`)
    .join('\n');
}

function reasons({ reasons: all }: Judgement): string[] {
  const shown = all.slice(0, reasonsShown).map((reason) => `- ${reasonText(reason)}`);
  const more = all.length - shown.length;
  return more === 0 ? shown : [...shown, `… and ${more} more, below.`];
}

function section({ title, header, rows }: GateTable, colors: Colors, columns: number): string {
  const heading = colors.bold(wrapText(visible(title), columns));
  if (rows.length === 0) return heading;
  const body = rows.map(({ cells }) => cells.map(visible));
  const lines = alignTable(header, body, columns).map((line) =>
    line
      .map(({ text, row, column }) => {
        if (row === undefined) return colors.dim(text);
        return column === header.length - 1 ? paint(rows[row], text, colors) : text;
      })
      .join('')
      .trimEnd(),
  );
  return [heading, '', ...lines].join('\n');
}

function paint(row: GateRow | undefined, text: string, colors: Colors): string {
  const paints = { good: colors.green, bad: colors.red, doubtful: colors.yellow, plain: String };
  return paints[row?.tone ?? 'plain'](text);
}

function outcomeColor(outcome: GateOutcome, colors: Colors): (text: string) => string {
  if (outcome === 'passed') return colors.green;
  return outcome === 'failed' ? colors.red : colors.yellow;
}
