import { expect, test } from 'vitest';
import { testConfig } from '../test/support/config.ts';
import { joinPlans, makePlan, measuredAgain, moreRounds, repeatPlan } from './make-plan.ts';

const url = { targets: { a: 'http://a.test/' } };
const plan = makePlan(testConfig({ regions: ['cdg'], ...url }));

test.each([
  [20, 40, 1250, 800],
  [1500, 49, 2125, 1500],
  [3000, 86, 4000, 3000],
  [9900, 211, 10_500, 9900],
  [60_000, 211, 10_500, 10_000],
])(
  'answers of %i ms need %i virtual users and %i ms to end',
  (answerMs, least, drainMs, settleMs) => {
    const slow = makePlan(testConfig({ regions: ['cdg'], ...url }), { answerMs });
    expect(slow.vus).toBeGreaterThanOrEqual(least);
    expect(slow.vus).toBeLessThanOrEqual(1.3 * least);
    expect(slow.blocks[0]).toMatchObject({ drainMs });
    expect(slow.blocks[1]).toMatchObject({ drainMs, warmUpMs: settleMs });
    // Every virtual user has had its turn before anything counts.
    expect(slow.blocks[0]?.warmUpMs).toBeGreaterThan((1000 * slow.vus) / slow.rate);
  },
);

test('what was seen of fast answers changes nothing', () => {
  const config = testConfig({ regions: ['cdg'], ...url });
  expect(makePlan(config, { answerMs: 21 })).toEqual(plan);
});

test('a budget of time that slow answers do not fit in says that they are why', () => {
  const config = testConfig({ regions: ['cdg'], ...url, duration: 40 });
  expect(() => makePlan(config, { answerMs: 5000 })).toThrow(
    '40 s is too short for 8 rounds of 1, as an answer was seen to take 5.0 s.',
  );
});

const again = {
  ...{ vus: 100, rate: 10, requestTimeoutMs: 10_000, drainMs: 10_250, settleMs: 800 },
};

test('at a lower rate as many samples are kept', () => {
  const [block] = plan.blocks;
  const [slower] = measuredAgain(plan, again, plan.vantages).blocks;
  expect(slower?.wanted).toBe(block?.wanted);
  expect(slower?.keepMs).toBe(2 * (block?.keepMs ?? NaN));
});

test('what is measured again takes the place of the first rounds, also for what comes after it', () => {
  const second = measuredAgain(plan, again, plan.vantages);
  expect(second.blocks.map(({ round }) => round)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  const joined = joinPlans(plan, second, 60_000);
  expect(joined).toMatchObject({ rounds: 16, supersededRounds: 8, vus: 100, rate: 10 });
  expect(joined.blocks).toHaveLength(16);
  expect(moreRounds(joined, 1).blocks[0]).toMatchObject({ round: 16, drainMs: 10_250 });
  const repeated = repeatPlan(joined, 5, plan.vantages);
  expect(repeated.rounds).toBe(8);
  expect(repeated.supersededRounds).toBeUndefined();
  expect(repeated.blocks).toHaveLength(8);
  expect(repeated.blocks[1]).toMatchObject({ round: 1, drainMs: 10_250, warmUpMs: 800 });
});
