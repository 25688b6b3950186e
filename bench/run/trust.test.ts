import { expect, test } from 'vitest';
import { makePlan } from '../plan/make-plan.ts';
import type { BlockOutcome } from '../samples/outcome.ts';
import { testConfig } from '../test/support/config.ts';
import { busyWarnings, warningsOf } from './trust.ts';

const plan = makePlan(testConfig({ regions: ['cdg'], topologies: ['single-region'] }));

const outcomes = (
  change: (round: number) => Partial<BlockOutcome>,
): { blocks: BlockOutcome[] } => ({
  blocks: plan.blocks.map(({ target, scenario, round, order }) => ({
    ...{ vantage: 'cdg', target, scenario, round, order, keep_from_us: 0, end_us: 1 },
    ...{ kept: 38, cold: 0, dropped: 0, failed: 0, implausible: 0, valid: true },
    ...change(round),
  })),
});

const codes = (change: (round: number) => Partial<BlockOutcome>) =>
  warningsOf(plan, outcomes(change), []).map(({ code }) => code);

test('a clean run has nothing to say', () => {
  expect(codes(() => ({}))).toEqual([]);
});

test('six valid rounds are enough, five are not', () => {
  const lost = (from: number) => (round: number) =>
    round >= from ? { valid: false, reason: '3 of 40 requests failed' } : {};
  expect(codes(lost(6))).toEqual(['block-invalid', 'block-invalid']);
  expect(codes(lost(5))).toContain('too-few-rounds');
});

test('one iteration in a hundred may be dropped, not more', () => {
  const planned = 8 * 38;
  const dropping = (n: number) => (round: number) => (round === 0 ? { dropped: n } : {});
  expect(codes(dropping(Math.floor(planned / 100)))).toEqual([]);
  expect(codes(dropping(Math.floor(planned / 100) + 1))).toEqual(['dropped-iterations']);
});

test('more than 5 % of cold requests are told', () => {
  expect(codes(() => ({ cold: 3 }))).toEqual(['cold-requests']);
  expect(codes(() => ({ cold: 2 }))).toEqual([]);
});

test('a generator above 80 % of the machine is busy', () => {
  const at = (share: number) => busyWarnings('cdg', [{ share }, { share }, { share: 0 }]).length;
  expect(at(0.81)).toBe(1);
  expect(at(0.79)).toBe(0);
});

test('rounds that a link was off in are told link by link, not block by block', () => {
  const lost = (round: number) =>
    round > 4 ? { valid: false, reason: 'a link was off: ord–cdg measured 120 ms' } : {};
  expect(codes(lost)).toEqual(['too-few-rounds']);
});
