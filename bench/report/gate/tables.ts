import type { BudgetCheck } from '../../compare/gate/budget-checks.ts';
import type { Judgement } from '../../compare/gate/judgement.ts';
import type { Regression, RegressionCheck } from '../../compare/gate/regression.ts';
import * as figures from '../comparison/figures.ts';
import { cellLabel } from '../comparison/words.ts';
import { confirmationWord, figure } from './words.ts';
import { range } from '../words.ts';

/** A table in words; `grave` rows are the ones that matter. */
export interface GateTable {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly GateRow[];
}

export interface GateRow {
  readonly cells: readonly string[];
  readonly tone: 'good' | 'bad' | 'doubtful' | 'plain';
}

/** The budgets that are not met, one table; the title counts the others. */
export function budgetTable({ budgets }: Judgement): GateTable | undefined {
  if (budgets.length === 0) return undefined;
  const open = budgets.filter(({ verdict }) => verdict !== 'met');
  const title = `Budgets: ${budgets.length - open.length} of ${budgets.length} met`;
  const header = ['target', 'vantage', 'scenario', 'budget', 'limit', 'measured', 'verdict'];
  return { title, header, rows: open.map(budgetRow) };
}

function budgetRow(check: BudgetCheck): GateRow {
  const { target, vantage, scenario, kind, limit, measured, interval, verdict } = check;
  const atLeast = check.isLowerBound === true ? '≥ ' : '';
  const value = measured === undefined ? '–' : `${atLeast}${figure(kind, measured)}`;
  const shown = interval === undefined ? value : `${value} (${range(interval)})`;
  return {
    cells: [target, vantage, scenario, kind, figure(kind, limit), shown, verdict],
    tone: verdict === 'broken' ? 'bad' : 'doubtful',
  };
}

/** A table for every candidate, scenario and metric. */
export function regressionTables({ regression }: Judgement): GateTable[] {
  if (regression.method === 'none') return [];
  return grouped(regression.checks).map((checks) => ({
    title: `${workloadOf(checks[0])} ${againstText(regression)}`,
    header: ['', 'expected ms', 'measured ms', 'difference %', 'detects', 'verdict'],
    rows: checks.map(checkRow),
  }));
}

type Group = readonly [RegressionCheck, ...RegressionCheck[]];

function grouped(checks: readonly RegressionCheck[]): Group[] {
  const groups = new Map<string, [RegressionCheck, ...RegressionCheck[]]>();
  for (const check of checks) {
    const key = workloadOf(check);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [check]);
    else group.push(check);
  }
  return [...groups.values()];
}

const workloadOf = ({ candidate, cell }: RegressionCheck): string =>
  `${candidate} (${cell.scenario}, ${cell.metric})`;

function againstText(regression: Exclude<Regression, { method: 'none' }>): string {
  if (regression.method === 'same-rounds') return `against ${regression.baseline}, same rounds`;
  const { control, accepted } = regression;
  return `against ${accepted} accepted runs, by the control ${control}`;
}

function checkRow(check: RegressionCheck): GateRow {
  const { cell, gated } = check;
  const stage2 = confirmationWord(check);
  return {
    cells: [
      cellLabel(cell),
      figures.baselineMs(cell),
      figures.candidateMs(cell),
      figures.differencePercent(cell),
      figures.detectable(cell),
      gated ? [figures.verdict(cell), stage2].filter(Boolean).join(' ') : 'not judged',
    ],
    tone: gated ? toneOf(check) : 'plain',
  };
}

function toneOf({ cell, confirmation }: RegressionCheck): GateRow['tone'] {
  if (cell.verdict === 'slower') return confirmation?.state === 'refuted' ? 'doubtful' : 'bad';
  if (cell.verdict === 'inconclusive') return 'doubtful';
  return cell.verdict === 'faster' ? 'good' : 'plain';
}
