import { expect, test } from 'vitest';
import { syntheticPlan } from '../test/support/synthetic-run.ts';
import { joinPlans } from './make-plan.ts';
import { cutPlanAt } from './rest-of-plan.ts';

const plan = syntheticPlan({ rounds: 5, targets: ['a', 'b'] });
const startOf = (round: number) =>
  plan.blocks.find((block) => block.round === round)?.startMs ?? NaN;
const roundsOf = (blocks: typeof plan.blocks) => [...new Set(blocks.map(({ round }) => round))];

test('what had begun stays as it was, and the rest is timed anew, in the order that was planned', () => {
  const { begun, rest } = cutPlanAt(plan, startOf(2) + 1);
  expect(begun.blocks).toEqual(plan.blocks.filter(({ round }) => round <= 2));
  expect(begun.rounds).toBe(3);
  expect(rest?.blocks.map(({ round, target }) => [round, target])).toEqual(
    plan.blocks.filter(({ round }) => round > 2).map(({ round, target }) => [round, target]),
  );
  expect(rest?.blocks[0]).toMatchObject({ startMs: 0, warmUpMs: plan.blocks[0]?.warmUpMs });
  const joined = joinPlans(begun, rest ?? plan, 60_000);
  expect(roundsOf(joined.blocks)).toEqual([0, 1, 2, 3, 4]);
  expect(joined.rounds).toBe(5);
});

test('each cut leaves less, also one before the start', () => {
  expect(roundsOf(cutPlanAt(plan, -5000).begun.blocks)).toEqual([0]);
  expect(cutPlanAt(plan, 1e9).rest).toBeUndefined();
});
