import { expect, test } from 'vitest';
import { isUntrustworthy } from '../base/distrust.ts';
import { describeWarning } from '../base/warnings.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { BlockOutcome } from '../samples/outcome.ts';
import type { Series } from '../samples/series.ts';
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

test('of a cell whose requests were cut the least that its quantiles take is told; the median can not be trusted', () => {
  const series = (slow: number): Series => ({
    ...{ target: 'single-region', vantage: 'cdg', scenario: 'search', metric: 'ttfb_warm' },
    ...{ step: '', temperature: 'warm', errors: slow, cut: 2 * slow, excluded: 0, server: {} },
    rounds: [0, 1].map((round) => ({
      round,
      values: [...new Array<number>(50 - slow).fill(20), ...new Array<number>(slow).fill(10_000)],
      cutFromMs: 10_000,
    })),
  });
  const told = (slow: number) => {
    const [warning] = warningsOf(
      plan,
      outcomes(() => ({})),
      [series(slow)],
    );
    if (warning === undefined) throw new Error('no warning');
    return [describeWarning(warning), isUntrustworthy(warning)];
  };
  expect(told(50)).toEqual([
    'single-region (search) did not answer within 10 s in 100 of 100 requests at cdg: its median is at least 10 s.',
    true,
  ]);
  expect(told(5)).toEqual([
    'single-region (search) did not answer within 10 s in 10 of 100 requests at cdg: its p95 is at least 10 s.',
    false,
  ]);
  expect(told(1)).toEqual([
    'single-region (search) did not answer within 10 s in 2 of 100 requests at cdg; they count as errors, and as answers that take longer.',
    false,
  ]);
});

test('a target that fails beside a sound one is told once, and leaves that one to be trusted', () => {
  const both = makePlan(
    testConfig({ regions: ['cdg'], topologies: ['single-region', 'read-replicas'] }),
  );
  const blocks = (failing: readonly string[]) =>
    both.blocks.map(({ target, scenario, round, order }): BlockOutcome => ({
      ...{ vantage: 'cdg', target, scenario, round, order, keep_from_us: 0, end_us: 1 },
      ...{ kept: 38, cold: 0, dropped: 0, failed: 0, implausible: 0, valid: true },
      ...(failing.includes(target)
        ? { kept: 0, failed: 38, valid: false, reason: '38 of 38 failed', fault: 'target' }
        : {}),
    }));
  const one = warningsOf(both, { blocks: blocks(['read-replicas']) }, []);
  expect(one.map(({ code }) => code)).toEqual(['target-failed']);
  expect(one.some(isUntrustworthy)).toBe(false);
  const all = warningsOf(both, { blocks: blocks(['read-replicas', 'single-region']) }, []);
  expect(all.map(({ code }) => code)).not.toContain('target-failed');
  expect(all.some(isUntrustworthy)).toBe(true);
});
