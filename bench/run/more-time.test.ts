import { expect, test } from 'vitest';
import type { Plan } from '../plan/plan.ts';
import type { BlockOutcome } from '../samples/outcome.ts';
import { moreTimeFor } from './more-time.ts';

const timing = { startMs: 0, warmUpMs: 800, keepMs: 1900, drainMs: 1250, wanted: 38, order: 0 };
const cell = { vantage: 'cdg', target: 'a', scenario: 'visit' };

const planOf = (rounds: number, more: Partial<Plan> = {}) =>
  ({
    ...{ vantages: ['cdg'], rate: 20, vus: 40, requestTimeoutMs: 10_000, rounds },
    blocks: Array.from({ length: rounds }, (_, round) => ({ ...timing, ...cell, round })),
    ...more,
  }) as unknown as Plan;

/** One block a round; of each what is unlike a block whose 38 answers all came. */
const blocksOf = (rounds: readonly Partial<BlockOutcome>[]) =>
  rounds.map((own, round) => ({
    ...{ ...cell, round, order: 0, keep_from_us: 0, end_us: 1, kept: 38, cold: 0, dropped: 0 },
    ...{ failed: 0, implausible: 0, valid: true },
    ...own,
  })) as BlockOutcome[];

const rounds = (n: number, own: Partial<BlockOutcome>) => Array.from({ length: n }, () => own);

test('whole answers in time need no more of it', () => {
  expect(moreTimeFor(planOf(8), blocksOf(rounds(8, {})))).toBeUndefined();
});

test('answers that are cut in most rounds get up to the request timeout', () => {
  const found = moreTimeFor(planOf(8), blocksOf(rounds(8, { kept: 35, cut: 3 })));
  expect(found).toMatchObject({ why: 'cut', again: { rate: 20, requestTimeoutMs: 10_000 } });
  expect(found?.again.drainMs).toBeGreaterThanOrEqual(10_000);
  // 8 % of them keep a user busy for up to ten seconds, planned for twice as many.
  expect(found?.again.vus).toBeGreaterThan(60);
});

test.each([1, 2])('a target that stood still in %d of 8 rounds is no slow one', (n) => {
  const stalled = { kept: 20, cut: 18, valid: false, fault: 'target' as const };
  expect(
    moreTimeFor(planOf(8), blocksOf([...rounds(n, stalled), ...rounds(8 - n, {})])),
  ).toBeUndefined();
});

test('a plan that waits as long as a request may take has cut nothing too early', () => {
  const blocks = Array.from({ length: 8 }, (_, round) => ({
    ...{ ...timing, ...cell, round },
    drainMs: 10_250,
  }));
  const plan = planOf(8, { blocks });
  expect(moreTimeFor(plan, blocksOf(rounds(8, { kept: 35, cut: 3 })))).toBeUndefined();
});

test('users that are all busy in most rounds are too few; at the most users the rate is lowered', () => {
  const busy = { kept: 20, dropped: 18, valid: false, fault: 'target' as const };
  const found = moreTimeFor(planOf(8), blocksOf(rounds(8, busy)));
  expect(found?.why).toBe('busy');
  expect(found?.again.vus).toBeGreaterThan(70);
  const many = planOf(8, { vantages: Array.from({ length: 19 }, (_, i) => `r${i}`) });
  const spread = moreTimeFor(many, blocksOf(rounds(8, busy)));
  expect(spread?.again.rate).toBeLessThan(20);
  expect(19 * (spread?.again.vus ?? Infinity)).toBeLessThanOrEqual(400);
});

test('bodies that do not end are given up soon after their first byte', () => {
  const endless = {
    ...{ kept: 0, cold: 20, unfinished: 20, unfinished_ttfb_ms: 25 },
    ...{ dropped: 18, valid: false, fault: 'target' as const },
  };
  expect(moreTimeFor(planOf(8), blocksOf(rounds(8, endless)))).toMatchObject({
    why: 'endless',
    again: { requestTimeoutMs: 1025 },
  });
});

test('rounds are measured again for time once only', () => {
  const plan = planOf(8, { supersededRounds: 4 });
  expect(moreTimeFor(plan, blocksOf(rounds(8, { kept: 35, cut: 3 })))).toBeUndefined();
});

test('rounds in which a link was off say nothing of the targets, at any vantage', () => {
  const cut = { kept: 20, cut: 18, valid: false };
  const off = rounds(8, { ...cut, vantage: 'ord', reason: 'a link was off: ord–cdg' });
  const blocks = [...blocksOf(rounds(8, cut)), ...blocksOf(off)];
  expect(moreTimeFor(planOf(8), blocks)).toBeUndefined();
  expect(moreTimeFor(planOf(8), blocks.slice(0, 8))).toMatchObject({ why: 'cut' });
});
