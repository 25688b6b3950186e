import type { BlockOutcome } from '../../samples/outcome.ts';
import { isSuperseded } from '../../samples/superseded.ts';
import type { BudgetCheck } from './budget-checks.ts';
import { limitOf, type Budgets } from './budgets.ts';
import type { MeasuredRun } from './measured-run.ts';

type Place = Pick<BudgetCheck, 'target' | 'vantage' | 'scenario'>;

/** Above this share of the processors the generator itself was late: what it dropped is not the target's fault. */
const busyFrom = 0.8;

/**
 * Judges the error rate: requests that failed, were not answered, or could not be started in time while the generator
 * was idle (a stall of the target), over all that were due, in all rounds, invalid ones too.
 */
export function errorCheck(run: MeasuredRun, budgets: Budgets, place: Place): BudgetCheck[] {
  const limit = limitOf(budgets, 'error_rate', place.target, place.vantage);
  if (limit === undefined) return [];
  const busy = (run.manifest.vantages[place.vantage]?.cpuShare ?? 0) > busyFrom;
  const counts = run.outcomes.blocks
    .filter((block) => isAt(place, block) && !isSuperseded(run.manifest.plan, block.round))
    .map((block) => countsOf(block, busy));
  const errors = counts.reduce((sum, { errors }) => sum + errors, 0);
  const due = counts.reduce((sum, { due }) => sum + due, 0);
  return [{ kind: 'error_rate', ...place, limit, ...judge(errors, due, limit, 'requests') }];
}

/** Judges the share of reads that missed a write; none where the scenario looks for no such reads. */
export function staleChecks(run: MeasuredRun, budgets: Budgets, place: Place): BudgetCheck[] {
  const limit = limitOf(budgets, 'stale_reads', place.target, place.vantage);
  const found = run.staleReads.find((each) => isAt(place, each));
  if (limit === undefined || found === undefined) return [];
  const { stale, reads } = found;
  return [{ kind: 'stale_reads', ...place, limit, ...judge(stale, reads, limit, 'reads') }];
}

const isAt = (place: Place, each: Place): boolean =>
  each.target === place.target &&
  each.vantage === place.vantage &&
  each.scenario === place.scenario;

function countsOf(block: BlockOutcome, busy: boolean): { errors: number; due: number } {
  const { unanswered = 0 } = block as { readonly unanswered?: number };
  const stalled = busy ? 0 : block.dropped + unanswered;
  // No answer in all the time that there was for it.
  const errors = block.failed + (block.cut ?? 0) + stalled;
  return { errors, due: errors + block.kept + block.cold + block.implausible };
}

function judge(
  hits: number,
  of: number,
  limit: number,
  things: string,
): Pick<BudgetCheck, 'measured' | 'verdict' | 'reason'> {
  if (of === 0) return { verdict: 'untrustworthy', reason: `no ${things} were counted` };
  const measured = hits / of;
  if (measured <= limit) return { measured, verdict: 'met' };
  return { measured, verdict: 'broken', reason: `${hits} of ${of} ${things}` };
}
