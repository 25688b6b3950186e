import type { BudgetCheck } from './budget-checks.ts';
import type { GateOutcome, Reason } from './judgement.ts';
import type { Confirmation, Regression, RegressionCheck } from './regression.ts';
import type { ThinCell } from './thin-cells.ts';
import { isUndecided } from './undecided.ts';

/** What a gate found, before it makes up its mind. */
export interface Findings {
  /** Why no latency of the run can be believed: a link off, a generator too busy; a sentence each. */
  readonly distrust: readonly string[];
  /** What was planned and is not there, a sentence each. */
  readonly gaps: readonly string[];
  readonly thin: readonly ThinCell[];
  readonly budgets: readonly BudgetCheck[];
  readonly regression: Regression;
}

/**
 * The reasons not to pass, the gravest first: the first decides.
 * 1. Too many errors or stale reads fail the gate whatever the latencies are worth: they are counted.
 * 2. Then nothing counts if the run as a whole can't be trusted.
 * 3. Then a latency above its budget, or a confirmed slow-down, fails it.
 * 4. Cells with too few rounds, 5. what could not be measured at all, 6. what can't be told.
 */
export function reasonsOf(findings: Findings): Reason[] {
  const { budgets, distrust, thin, gaps } = findings;
  const broken = budgets.filter(({ verdict }) => verdict === 'broken');
  const checks = findings.regression.method === 'none' ? [] : findings.regression.checks;
  const slow = (state: Confirmation['state']) =>
    checks.filter(({ confirmation }) => confirmation?.state === state);
  return [
    ...budgetReasons('failed', broken.filter(isCounted)),
    ...runReasons('untrustworthy', distrust),
    ...budgetReasons(
      'failed',
      broken.filter((check) => !isCounted(check)),
    ),
    ...slowDowns('failed', slow('confirmed')),
    ...thin.map((cell): Reason => ({ outcome: 'untrustworthy', about: 'rounds', cell })),
    ...budgetReasons('untrustworthy', budgets.filter(isTooThin(thin))),
    ...runReasons('partial', gaps),
    ...slowDowns('inconclusive', slow('missing')),
    ...budgetReasons(
      'inconclusive',
      budgets.filter(({ verdict }) => verdict === 'inconclusive'),
    ),
    ...slowDowns(
      'inconclusive',
      checks.filter(({ gated, cell }) => gated && isUndecided(cell)),
    ),
  ];
}

export function outcomeOf([first]: readonly Reason[]): GateOutcome {
  return first?.outcome ?? 'passed';
}

type Graveness = Reason['outcome'];

const budgetReasons = (outcome: Graveness, checks: readonly BudgetCheck[]): Reason[] =>
  checks.map((check) => ({ outcome, about: 'budget', check }));

const slowDowns = (outcome: Graveness, checks: readonly RegressionCheck[]): Reason[] =>
  checks.map((check) => ({ outcome, about: 'slow-down', check }));

const runReasons = (outcome: Graveness, texts: readonly string[]): Reason[] =>
  texts.map((text) => ({ outcome, about: 'run', text }));

const isCounted = ({ kind }: BudgetCheck): boolean =>
  kind === 'error_rate' || kind === 'stale_reads';

/** A cell that is too thin for the regression is too thin for its budgets too; once is enough. */
const isTooThin =
  (thin: readonly ThinCell[]) =>
  (check: BudgetCheck): boolean =>
    check.verdict === 'untrustworthy' &&
    !thin.some(
      (cell) =>
        cell.target === check.target &&
        cell.vantage === check.vantage &&
        cell.scenario === check.scenario,
    );
