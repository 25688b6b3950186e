import type { AcceptedRun } from '../baseline/baseline.ts';
import type { Side } from '../side.ts';
import { confirm } from './confirm.ts';
import { acceptedNeeded, controlChecks } from './control.ts';
import type { Regression } from './regression.ts';
import { sameRoundsChecks } from './same-rounds.ts';

/** What regressions are judged against: the kinds of baseline, in the specification's order of preference. */
export type Against =
  | { readonly kind: 'nothing'; readonly reason: string }
  /** A pinned deployment that was measured in the same rounds. */
  | { readonly kind: 'baseline-target'; readonly target: string }
  /** The accepted runs, each cell as a ratio to a target that does not change. */
  | {
      readonly kind: 'control';
      readonly target: string;
      readonly accepted: readonly AcceptedRun[];
    };

/** Stage 1. */
export function regressionAgainst(
  against: Against,
  sides: readonly Side[],
  candidates: readonly string[],
): Regression {
  if (against.kind === 'nothing') return { method: 'none', reason: against.reason };
  if (against.kind === 'baseline-target') {
    const checks = sameRoundsChecks(sides, against.target, candidates);
    return { method: 'same-rounds', baseline: against.target, checks };
  }
  const { target: control, accepted } = against;
  return {
    ...{ method: 'control', control, accepted: accepted.length, needed: acceptedNeeded },
    checks: controlChecks(sides, control, candidates, accepted),
  };
}

/** The run of fresh rounds that stage 2 judges by, or why there is none. */
export type FreshRounds =
  | {
      readonly state: 'measured';
      readonly runId: string;
      readonly sides: readonly Side[];
      /** How it was not measured like the first, a sentence each. */
      readonly notes?: readonly string[];
    }
  | { readonly state: 'missing'; readonly reason: string };

/** Stage 2: the same checks of the fresh rounds, alone. */
export function confirmed(
  first: Regression,
  against: Against,
  candidates: readonly string[],
  fresh: FreshRounds,
): Regression {
  if (first.method === 'none') return first;
  if (fresh.state === 'missing')
    return { ...first, checks: confirm(first.checks, undefined, fresh.reason) };
  const again = regressionAgainst(against, fresh.sides, candidates);
  const checks = again.method === 'none' ? undefined : again.checks;
  return {
    ...first,
    checks: confirm(first.checks, checks),
    confirmationRunId: fresh.runId,
  };
}
