import { expect, test } from 'vitest';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { BlockOutcome } from '../samples/outcome.ts';
import { testConfig } from '../test/support/config.ts';
import { moreRoundsFor, type Progressed } from './more-rounds.ts';

const plan = makePlan(testConfig({ regions: ['cdg', 'ord'] }));
const wide = { centre: 100, interval: { low: 80, high: 120 } };
const narrow = { centre: 100, interval: { low: 96, high: 104 } };

/** Blocks of both vantages, of which the named rounds are lost. */
function blocksOf({ blocks }: Plan, lost: Record<string, number[]>): BlockOutcome[] {
  return ['cdg', 'ord'].flatMap((vantage) =>
    blocks.map(({ target, scenario, round, order }) => ({
      ...{ vantage, target, scenario, round, order, keep_from_us: 0, end_us: 1 },
      ...{ kept: 38, cold: 0, dropped: 0, failed: 0, implausible: 0 },
      valid: !(lost[vantage] ?? []).includes(round),
    })),
  );
}

const asked = (lost: Record<string, number[]>, changes: Partial<Progressed> = {}) => {
  const now = changes.plan ?? plan;
  const blocks = blocksOf(now, lost);
  return moreRoundsFor({ plan: now, blocks, replaced: 0, medians: [wide], ...changes });
};

test('a run whose rounds all count is done', () => {
  expect(asked({})).toBeUndefined();
});

test('rounds that did not count are measured again, as many as the worst vantage lacks', () => {
  expect(asked({ cdg: [1], ord: [1, 5] })).toEqual({ why: 'invalid', rounds: 2 });
});

test('never more than three of them', () => {
  expect(asked({ ord: [1, 2, 3, 4] })).toEqual({ why: 'invalid', rounds: 3 });
  const longer = { ...plan, rounds: plan.rounds + 2 };
  expect(asked({ ord: [1, 2, 3, 4] }, { plan: longer, replaced: 2 })).toEqual({
    why: 'invalid',
    rounds: 1,
  });
  expect(asked({ ord: [1, 2, 3, 4] }, { plan: longer, replaced: 3 })).toBeUndefined();
});

test('a vantage that lost most of its rounds is not waited for', () => {
  expect(asked({ ord: [0, 1, 2, 3, 4] })).toBeUndefined();
});

test('what was replaced is not missing any more', () => {
  const longer = makePlan(testConfig({ regions: ['cdg', 'ord'], rounds: 10 }));
  expect(asked({ ord: [1, 5] }, { plan: longer, replaced: 2 })).toBeUndefined();
});

test('with until_ci, rounds are added by twos up to thirty, until every interval is narrow', () => {
  const until = (rounds: number, medians = [narrow, wide]) => {
    const now = { ...makePlan(testConfig({ regions: ['cdg', 'ord'], rounds })), untilCi: 0.05 };
    return asked({}, { plan: now, medians });
  };
  expect(until(8)).toEqual({ why: 'wide', rounds: 2 });
  expect(until(28)).toEqual({ why: 'wide', rounds: 2 });
  expect(until(30)).toBeUndefined();
  expect(until(8, [narrow])).toBeUndefined();
});
