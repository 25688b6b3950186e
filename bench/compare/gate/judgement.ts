import type { BudgetCheck } from './budget-checks.ts';
import type { Regression, RegressionCheck } from './regression.ts';
import type { ThinCell } from './thin-cells.ts';
import type { Trend } from './trend.ts';

/** How a gate ends; the exit code follows from it. */
export type GateOutcome = 'passed' | 'failed' | 'untrustworthy' | 'partial' | 'inconclusive';

/** Everything that a gate has to say of a run; every format renders this and computes nothing. */
export interface Judgement {
  readonly runId: string;
  readonly outcome: GateOutcome;
  /** Why, the gravest first; empty for `passed`. */
  readonly reasons: readonly Reason[];
  readonly budgets: readonly BudgetCheck[];
  readonly regression: Regression;
  /** Slow changes over the accepted runs: a report, never a reason. */
  readonly trends: readonly Trend[];
  /** What else a reader must know, a sentence each. */
  readonly notes: readonly string[];
}

/** One thing that keeps a gate from passing. */
export type Reason = {
  readonly outcome: Exclude<GateOutcome, 'passed'>;
} & (
  | { readonly about: 'budget'; readonly check: BudgetCheck }
  | { readonly about: 'slow-down'; readonly check: RegressionCheck }
  | { readonly about: 'rounds'; readonly cell: ThinCell }
  /** The run as a whole, in a sentence. */
  | { readonly about: 'run'; readonly text: string }
);
