import type { Plan } from '../plan/plan.ts';
import type { BlockOutcome } from './outcome.ts';

/** Why the rounds of a run's first part don't count once it was measured again. */
export const supersededReason =
  'too little time was planned for iterations; measured again with more';

/** Whether a round was measured again in whole, because too little time was planned for the answers. */
export const isSuperseded = ({ supersededRounds = 0 }: Plan, round: number): boolean =>
  round < supersededRounds;

/** The rounds that are to count. */
export const countedRounds = ({ rounds, supersededRounds = 0 }: Plan): number =>
  rounds - supersededRounds;

/** The outcomes, with those of rounds that were measured again as invalid. */
export function supersede(plan: Plan, blocks: readonly BlockOutcome[]): BlockOutcome[] {
  return blocks.map((block) => {
    if (!isSuperseded(plan, block.round)) return block;
    return { ...block, valid: false, reason: supersededReason, superseded: true };
  });
}
