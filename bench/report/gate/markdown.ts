import type { GateOutcome, Judgement } from '../../compare/gate/judgement.ts';
import { escapeMarkdown } from '../markdown-text.ts';
import { headline } from './headline.ts';
import { budgetTable, regressionTables, type GateTable } from './tables.ts';
import { reasonText, trendText } from './words.ts';

/** A judgement for a job summary or a pull request. */
export function markdownGate(judgement: Judgement): string {
  const budgets = budgetTable(judgement);
  const tables = [...(budgets === undefined ? [] : [budgets]), ...regressionTables(judgement)];
  return `${[
    `## ${marks[judgement.outcome]} ${escapeMarkdown(headline(judgement))}`,
    escapeMarkdown(judgement.runId),
    bullets(judgement.reasons.map(reasonText)),
    ...tables.map(section),
    bullets([...judgement.trends.map(trendText), ...judgement.notes]),
  ]
    .filter((block) => block !== '')
    .join('\n\n')}\n`;
}

const marks: Readonly<Record<GateOutcome, string>> = {
  passed: '✅',
  failed: '❌',
  untrustworthy: '⚠️',
  partial: '⚠️',
  inconclusive: '❔',
};

function section({ title, header, rows }: GateTable): string {
  const heading = `**${escapeMarkdown(title)}**`;
  if (rows.length === 0) return heading;
  const rule = header.map((_, i) => (i === 0 ? ':--' : '--:'));
  const lines = [header, rule, ...rows.map(({ cells }) => cells.map(escapeMarkdown))];
  return `${heading}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`;
}

const bullets = (items: readonly string[]): string =>
  items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
