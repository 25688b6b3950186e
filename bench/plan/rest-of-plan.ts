import type { Millis } from '../base/units.ts';
import { retimed } from './make-plan.ts';
import type { Plan } from './plan.ts';

/** A plan that broke off, and what of it can still be measured. */
export interface CutPlan {
  /** The rounds that had begun. */
  readonly begun: Plan;
  /** The others, timed from 0 and with connections to open; undefined if all had begun. */
  readonly rest: Plan | undefined;
}

/** Cuts a plan where it stood so long after its start; the first of its rounds counts as begun in any case. */
export function cutPlanAt(plan: Plan, elapsedMs: Millis): CutPlan {
  const first = Math.min(...plan.blocks.map(({ round }) => round));
  const last = Math.max(
    first,
    ...plan.blocks.filter(({ startMs }) => startMs < elapsedMs).map(({ round }) => round),
  );
  const begun = plan.blocks.filter(({ round }) => round <= last);
  const rest = plan.blocks.filter(({ round }) => round > last);
  return {
    begun: { ...plan, rounds: last + 1, blocks: begun, durationMs: endOfBlocks(begun) },
    rest: rest.length === 0 ? undefined : retimed(plan, rest),
  };
}

const endOfBlocks = (blocks: Plan['blocks']): Millis =>
  Math.max(
    0,
    ...blocks.map(
      ({ startMs, warmUpMs, keepMs, drainMs }) => startMs + warmUpMs + keepMs + drainMs,
    ),
  );
