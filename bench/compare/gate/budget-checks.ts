import type { Interval } from '../../stats/interval.ts';
import { limitKinds, type Budgets, type LimitKind, type Limits } from './budgets.ts';
import { latencyChecks } from './latency-budget.ts';
import { isGap, wasMeasured, type MeasuredRun } from './measured-run.ts';
import { errorCheck, staleChecks } from './share-budget.ts';

/**
 * `broken`: above the limit for sure. `met`: below it for sure. `inconclusive`: the interval holds the limit.
 * `untrustworthy`: measured too little to say anything.
 */
export type BudgetVerdict = 'met' | 'broken' | 'inconclusive' | 'untrustworthy';

/** One limit, judged. */
export interface BudgetCheck {
  readonly kind: LimitKind;
  readonly target: string;
  readonly vantage: string;
  readonly scenario: string;
  /** Milliseconds of a quantile, otherwise a share; so are the next two. */
  readonly limit: number;
  readonly measured?: number;
  /** 95 %, of a quantile; shares are counted, not estimated. */
  readonly interval?: Interval;
  readonly verdict: BudgetVerdict;
  /** Why the verdict is no better than that. */
  readonly reason?: string;
}

/** Every limit that is in force for what was measured: target × vantage × scenario. */
export function budgetChecks(run: MeasuredRun, budgets: Budgets): BudgetCheck[] {
  const { vantages, targets, scenarios } = run.manifest.plan;
  const measured = vantages.filter((vantage) => wasMeasured(run, vantage));
  const cells = targets.flatMap(({ name: target }) =>
    measured.flatMap((vantage) =>
      scenarios.map((scenario) => ({ target, vantage, scenario: scenario.name })),
    ),
  );
  return cells.flatMap((cell) => {
    const checks = [
      ...latencyChecks(run, budgets, cell),
      ...errorCheck(run, budgets, cell),
      ...staleChecks(run, budgets, cell),
    ];
    // That it could not be measured is told once; what was counted until then counts.
    return isGap(run, cell.target, cell.vantage)
      ? checks.filter(({ verdict }) => verdict !== 'untrustworthy')
      : checks;
  });
}

/** Limits of these kinds that no check came of: a run whose scenario looks for no stale reads, say. */
export function uncheckedKinds(budgets: Budgets, checks: readonly BudgetCheck[]): LimitKind[] {
  const ofTargets = [...(budgets.targets?.values() ?? [])].flatMap((target) => [
    target,
    ...(target.vantages?.values() ?? []),
  ]);
  const limits: Limits[] = [budgets, ...(budgets.vantages?.values() ?? []), ...ofTargets];
  return limitKinds.filter(
    (kind) =>
      limits.some((each) => each[kind] !== undefined) &&
      !checks.some((check) => check.kind === kind),
  );
}
