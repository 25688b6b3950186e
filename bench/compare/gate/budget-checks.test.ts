import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import type { BlockOutcome } from '../../samples/outcome.ts';
import type { Series } from '../../samples/series.ts';
import { syntheticManifest, type SyntheticRun } from '../../test/support/synthetic-run.ts';
import { budgetChecks, uncheckedKinds } from './budget-checks.ts';
import { limitOf, type Budgets } from './budgets.ts';
import type { MeasuredRun } from './measured-run.ts';

describe('the narrower limit wins', () => {
  const budgets: Budgets = {
    p50: 100,
    vantages: new Map([['syd', { p50: 300 }]]),
    targets: new Map([
      ['a', { p50: 50, vantages: new Map([['syd', { p50: 80 }]]) }],
      ['b', { p95: 1 }],
      ['__proto__', { p50: 7 }],
    ]),
  };

  test.each([
    ['other', 'cdg', 100],
    ['other', 'syd', 300],
    ['a', 'cdg', 50],
    ['a', 'syd', 80],
    ['b', 'cdg', 100],
    ['b', 'syd', 300],
    ['__proto__', 'cdg', 7],
    ['constructor', 'toString', 100],
  ])('%s at %s: %i ms', (target, vantage, limit) => {
    expect(limitOf(budgets, 'p50', target, vantage)).toBe(limit);
  });

  test.each([
    ['gru', 20],
    ['gru (for scl)', 10],
    ['gru (for eze)', 20],
    ['ord (for eze)', 100],
  ])('at %s, which may stand in for another region: %i ms', (vantage, limit) => {
    const named = {
      p50: 100,
      vantages: new Map([
        ['gru', { p50: 20 }],
        ['scl', { p50: 10 }],
      ]),
    };
    expect(limitOf(named, 'p50', 'a', vantage)).toBe(limit);
  });

  test('and what nobody limits has no limit', () => {
    expect(limitOf(budgets, 'error_rate', 'a', 'syd')).toBeUndefined();
    expect(limitOf({}, 'p50', 'constructor', 'toString')).toBeUndefined();
  });
});

/** Rounds of 50 values around 100 ms. */
function series(rounds: number, sd = 0.02, more: Partial<Series> = {}): Series {
  const random = seededRandom(5);
  return {
    ...{ target: 'a', vantage: 'cdg', scenario: 'search', metric: 'ttfb_warm', step: '' },
    temperature: 'warm',
    rounds: Array.from({ length: rounds }, (_, round) => {
      const level = 100 * Math.exp(sd * Math.sqrt(12) * (random.float() - 0.5));
      return { round, values: Array.from({ length: 50 }, (__, i) => level * (1 + i / 1000)) };
    }),
    ...{ errors: 0, excluded: 0, server: {} },
    ...more,
  };
}

function run(
  all: readonly Series[],
  { blocks = [], ...more }: Partial<MeasuredRun> & { blocks?: readonly BlockOutcome[] } = {},
  synthetic: SyntheticRun = {},
): MeasuredRun {
  const manifest = syntheticManifest({ targets: ['a'], vantages: ['cdg'], ...synthetic });
  return { manifest, outcomes: { blocks }, series: all, staleReads: [], ...more };
}

const verdictOf = (measured: MeasuredRun, budgets: Budgets) => {
  const [check, ...others] = budgetChecks(measured, budgets);
  expect(others).toEqual([]);
  return check;
};

describe('a latency', () => {
  test('is above its budget only if all of its interval is, and within only if all of it is', () => {
    const ten = run([series(10)]);
    expect(verdictOf(ten, { p50: 50 })).toMatchObject({ verdict: 'broken', limit: 50 });
    expect(verdictOf(ten, { p50: 200 })).toMatchObject({ verdict: 'met' });
    const { measured = NaN } = verdictOf(ten, { p50: 200 }) ?? {};
    expect(verdictOf(ten, { p50: measured * 1.001 })).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('more rounds') as string,
    });
    expect(verdictOf(ten, { p95: 50 })).toMatchObject({ kind: 'p95', verdict: 'broken' });
  });

  test('of fewer than eight rounds breaks no budget and meets none', () => {
    expect(verdictOf(run([series(7)]), { p50: 1 })).toMatchObject({
      verdict: 'untrustworthy',
      reason: 'only 7 valid rounds; a gate needs 8',
    });
    expect(verdictOf(run([series(0)]), { p50: 1000 })).toMatchObject({ verdict: 'untrustworthy' });
    expect(verdictOf(run([]), { p50: 1000 })).toMatchObject({ verdict: 'untrustworthy' });
  });

  test('of a target that is known not to have been measured is a gap, and judged nowhere', () => {
    const all: Budgets = { p50: 200, p95: 200, error_rate: 0.01 };
    const targetsOf = (synthetic: SyntheticRun) =>
      budgetChecks(run([series(10)], {}, { targets: ['a', 'b'], ...synthetic }), all).map(
        ({ target, kind }) => `${target} ${kind}`,
      );
    expect(targetsOf({})).toContain('b p50');
    const failed = { code: 'target-failed', target: 'b', reason: 'it is down' } as const;
    expect(targetsOf({ warnings: [failed] }).filter((each) => each.startsWith('b'))).toEqual([]);
    expect(targetsOf({ warnings: [{ ...failed, vantage: 'cdg' }] })).not.toContain('b p50');
    expect(targetsOf({ warnings: [{ ...failed, vantage: 'ord' }] })).toContain('b p50');
  });

  test('of too few requests has no p95 to judge', () => {
    const few = series(8);
    const rounds = few.rounds.map(({ round, values }) => ({ round, values: values.slice(0, 5) }));
    expect(verdictOf(run([{ ...few, rounds }]), { p95: 1 })).toMatchObject({
      verdict: 'inconclusive',
    });
  });

  test('on new connections counts only where nobody kept any open', () => {
    const cold = series(8, 0.02, { temperature: 'cold', metric: 'ttfb_cold' });
    const noWarm = series(0);
    expect(verdictOf(run([noWarm, cold]), { p50: 50 })).toMatchObject({ verdict: 'broken' });
    expect(verdictOf(run([series(8), cold]), { p50: 150 })).toMatchObject({ verdict: 'met' });
  });

  test('is looked at where something was measured only', () => {
    const failed = run([series(0)], {}, { failing: { cdg: 'k6 ended' } });
    expect(budgetChecks(failed, { p50: 1, error_rate: 0 })).toEqual([]);
  });
});

function block(more: Partial<BlockOutcome> = {}): BlockOutcome {
  return {
    ...{ vantage: 'cdg', target: 'a', scenario: 'search', round: 0, order: 0 },
    ...{ keep_from_us: 0, end_us: 1, kept: 90, cold: 5, dropped: 0, failed: 0, implausible: 5 },
    valid: true,
    ...more,
  };
}

describe('an error rate', () => {
  const budgets = { error_rate: 0.01 };

  test('counts failures and stalls over all that was due, in invalid rounds too', () => {
    const blocks = [block(), block({ failed: 2, dropped: 6, valid: false, round: 1 })];
    const [check] = budgetChecks(run([], { blocks }), budgets);
    expect(check?.measured).toBeCloseTo(8 / 208, 12);
    expect(check).toMatchObject({ verdict: 'broken', reason: '8 of 208 requests' });
  });

  test('at its budget is within it', () => {
    const blocks = [block({ kept: 89, failed: 1 })];
    expect(verdictOf(run([], { blocks }), budgets)).toMatchObject({ verdict: 'met' });
  });

  test('does not blame the target for what a busy generator dropped', () => {
    const measured = run([], { blocks: [block({ dropped: 50 })] });
    const vantages = { cdg: { state: 'measured' as const, cpuShare: 0.95 } };
    const busy = { ...measured, manifest: { ...measured.manifest, vantages } };
    expect(verdictOf(measured, budgets)).toMatchObject({ verdict: 'broken' });
    expect(verdictOf(busy, budgets)).toMatchObject({ verdict: 'met' });
  });

  test('of nothing is not known', () => {
    expect(verdictOf(run([]), budgets)).toMatchObject({ verdict: 'untrustworthy' });
  });
});

test('stale reads are judged where a scenario looks for them', () => {
  const stale = { target: 'a', vantage: 'cdg', scenario: 'search', reads: 100, stale: 1 };
  const measured = run([], { staleReads: [stale] });
  expect(verdictOf(measured, { stale_reads: 0 })).toMatchObject({ verdict: 'broken' });
  expect(verdictOf(measured, { stale_reads: 0.01 })).toMatchObject({ verdict: 'met' });
  expect(budgetChecks(run([]), { stale_reads: 0 })).toEqual([]);
  expect(uncheckedKinds({ targets: new Map([['a', { stale_reads: 0 }]]) }, [])).toEqual([
    'stale_reads',
  ]);
  expect(uncheckedKinds({ p50: 1 }, budgetChecks(run([]), { p50: 1 }))).toEqual([]);
});
