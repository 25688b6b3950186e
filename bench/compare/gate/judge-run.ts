import { thinCells, type ThinCell } from './thin-cells.ts';
import type { Side } from '../side.ts';
import { budgetChecks, uncheckedKinds, type BudgetCheck } from './budget-checks.ts';
import type { Budgets } from './budgets.ts';
import { outcomeOf, reasonsOf } from './decide.ts';
import type { Judgement } from './judgement.ts';
import { isGap, wasMeasured, type MeasuredRun } from './measured-run.ts';
import type { Regression } from './regression.ts';
import type { Trend } from './trend.ts';

/** What a gate rests on; the regression was judged before, as its second stage may have to measure. */
export interface Case {
  readonly run: MeasuredRun;
  /** The targets of the run. */
  readonly sides: readonly Side[];
  readonly candidates: readonly string[];
  readonly budgets: Budgets | undefined;
  readonly regression: Regression;
  readonly trends: readonly Trend[];
  /** Why no latency of the run can be believed, a sentence each. */
  readonly distrust: readonly string[];
  /** What was planned and is not there, a sentence each. */
  readonly gaps: readonly string[];
  readonly notes: readonly string[];
}

/** Budgets and regression in one word, with every reason. */
export function judgeRun(given: Case): Judgement {
  const { run, budgets, regression, trends, distrust, gaps } = given;
  const checks = budgets === undefined ? [] : budgetChecks(run, budgets);
  const thin = thinCellsOf(given);
  const reasons = reasonsOf({ distrust, gaps, thin, budgets: checks, regression });
  return {
    runId: run.manifest.runId,
    outcome: outcomeOf(reasons),
    reasons,
    ...{ budgets: checks, regression, trends },
    notes: [...notesOn(budgets, checks, regression), ...given.notes],
  };
}

/** What the regression rests on; a budget looks after its own cells. */
function thinCellsOf({ run, sides, candidates, regression }: Case): ThinCell[] {
  if (regression.method === 'none') return [];
  const reference = regression.method === 'same-rounds' ? regression.baseline : regression.control;
  const measured = run.manifest.plan.vantages.filter((vantage) => wasMeasured(run, vantage));
  return thinCells(sides, [...candidates, reference], measured).filter(
    ({ target, vantage }) => !isGap(run, target, vantage),
  );
}

function notesOn(
  budgets: Budgets | undefined,
  checks: readonly BudgetCheck[],
  regression: Regression,
): string[] {
  if (budgets === undefined) return ['No budgets are set: only regressions are judged.'];
  const unchecked = uncheckedKinds(budgets, checks);
  return [
    ...(regression.method === 'none' ? [regression.reason] : []),
    ...unchecked.map((kind) => `Nothing in this run is judged by the budget ${kind}.`),
  ];
}
