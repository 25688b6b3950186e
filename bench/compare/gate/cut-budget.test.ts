import { expect, test } from 'vitest';
import type { BlockOutcome } from '../../samples/outcome.ts';
import type { Series } from '../../samples/series.ts';
import { syntheticManifest } from '../../test/support/synthetic-run.ts';
import { budgetChecks } from './budget-checks.ts';
import type { Budgets } from './budgets.ts';

/** Ten rounds of 100 requests: `slow` of them were cut after 1100 ms, the others took 20 ms. */
function check(slow: number, budgets: Budgets) {
  const values = [
    ...Array.from({ length: 100 - slow }, (_, i) => 20 + i / 1000),
    ...new Array<number>(slow).fill(1100),
  ];
  const series: Series = {
    ...{ target: 'a', vantage: 'cdg', scenario: 'search', metric: 'ttfb_warm', step: '' },
    ...{ temperature: 'warm', errors: 10 * slow, cut: 10 * slow, excluded: 0, server: {} },
    rounds: Array.from({ length: 10 }, (_, round) => ({ round, values, cutFromMs: 1100 })),
  };
  const blocks = series.rounds.map(({ round }): BlockOutcome => ({
    ...{ vantage: 'cdg', target: 'a', scenario: 'search', round, order: 0 },
    ...{ keep_from_us: 0, end_us: 1, kept: 100 - slow, cold: 0, dropped: 0, unanswered: 0 },
    ...{ failed: 0, cut: slow, implausible: 0, valid: true },
  }));
  const manifest = syntheticManifest({ targets: ['a'], vantages: ['cdg'], rounds: 10 });
  const run = { manifest, outcomes: { blocks }, series: [series], staleReads: [] };
  return budgetChecks(run, budgets)[0];
}

test('a budget below the bound of a quantile that was cut is broken', () => {
  expect(check(20, { p95: 500 })).toMatchObject({ verdict: 'broken', isLowerBound: true });
  expect(check(20, { p95: 1099 })?.verdict).toBe('broken');
});

test('one above it is undecided, never met', () => {
  const found = check(20, { p95: 2000 });
  expect(found?.verdict).toBe('inconclusive');
  expect(found?.reason).toContain('were cut');
});

test('a quantile below what was cut is judged as ever', () => {
  expect(check(20, { p50: 100 })?.verdict).toBe('met');
  expect(check(1, { p95: 100 })?.verdict).toBe('met');
});

test('what was cut counts as errors', () => {
  expect(check(8, { error_rate: 0.05 })).toMatchObject({ verdict: 'broken', measured: 0.08 });
});
