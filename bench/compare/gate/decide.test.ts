import { describe, expect, test } from 'vitest';
import type { ComparedCell, Effect } from '../comparison.ts';
import type { BudgetCheck } from './budget-checks.ts';
import { outcomeOf, reasonsOf, type Findings } from './decide.ts';
import type { Confirmation, RegressionCheck } from './regression.ts';
import { isUndecided } from './undecided.ts';

const place = { target: 'a', vantage: 'syd', scenario: 'search' };
const errors: BudgetCheck = { kind: 'error_rate', ...place, limit: 0, verdict: 'broken' };
const slowBudget: BudgetCheck = { kind: 'p50', ...place, limit: 1, verdict: 'broken' };
const openBudget: BudgetCheck = { kind: 'p50', ...place, limit: 1, verdict: 'inconclusive' };
const metBudget: BudgetCheck = { kind: 'p50', ...place, limit: 1, verdict: 'met' };
const thin = { ...place, metric: 'ttfb_warm', rounds: 5 };

const effect: Effect = { baselineMs: 100, candidateMs: 120, ms: 20, percent: 20, highPercent: 22 };
function check(
  verdict: ComparedCell['verdict'],
  state?: Confirmation['state'],
  more: Partial<RegressionCheck> = {},
): RegressionCheck {
  const confirmation: Confirmation | undefined =
    state === 'missing' ? { state, reason: 'x' } : state && { state, percent: 20, p: 0.001 };
  const cell = { vantage: 'syd', scenario: 'search', metric: 'ttfb_warm', rounds: 10 };
  return {
    ...{ candidate: 'a', gated: true, cell: { ...cell, quantile: 'p50', verdict, effect } },
    ...(confirmation === undefined ? {} : { confirmation }),
    ...more,
  };
}

const nothing: Findings = {
  ...{ distrust: [], gaps: [], thin: [], budgets: [] },
  regression: { method: 'none', reason: '' },
};
const against = (...checks: RegressionCheck[]): Findings['regression'] => ({
  ...{ method: 'same-rounds', baseline: 'base', checks },
});
const decide = (findings: Partial<Findings>) => outcomeOf(reasonsOf({ ...nothing, ...findings }));

describe('the gravest finding decides', () => {
  const everything: Findings = {
    distrust: ['A link is off.'],
    gaps: ['Nothing was measured from ord.'],
    thin: [thin],
    budgets: [errors, slowBudget, openBudget],
    regression: against(check('slower', 'confirmed'), check('slower', 'missing')),
  };

  test('too many errors, whatever the latencies are worth', () => {
    expect(decide(everything)).toBe('failed');
    expect(reasonsOf(everything).map(({ outcome, about }) => `${outcome} ${about}`)).toEqual([
      'failed budget',
      'untrustworthy run',
      'failed budget',
      'failed slow-down',
      'untrustworthy rounds',
      'partial run',
      'inconclusive slow-down',
      'inconclusive budget',
    ]);
  });

  test('then distrust, then slowness, then thin cells, then gaps, then doubt', () => {
    const budgets = [slowBudget, openBudget];
    expect(decide({ ...everything, budgets })).toBe('untrustworthy');
    expect(decide({ ...everything, budgets, distrust: [] })).toBe('failed');
    const doubt = { budgets: [openBudget], regression: against(check('slower', 'missing')) };
    expect(decide({ ...doubt, thin: [thin], gaps: ['x'] })).toBe('untrustworthy');
    expect(decide({ ...doubt, gaps: ['x'] })).toBe('partial');
    expect(decide(doubt)).toBe('inconclusive');
    expect(decide({ budgets: [metBudget] })).toBe('passed');
  });

  test('a slow-down fails only if fresh rounds confirm it', () => {
    expect(decide({ regression: against(check('slower', 'confirmed')) })).toBe('failed');
    expect(decide({ regression: against(check('slower', 'refuted')) })).toBe('passed');
    expect(decide({ regression: against(check('slower', 'missing')) })).toBe('inconclusive');
    expect(decide({ regression: against(check('faster'), check('no-difference')) })).toBe('passed');
  });

  test('what is shown only decides nothing', () => {
    const shown = check('inconclusive', undefined, { gated: false });
    expect(decide({ regression: against(shown) })).toBe('passed');
  });

  test('a thin cell is told once', () => {
    const budget: BudgetCheck = { ...openBudget, verdict: 'untrustworthy' };
    expect(reasonsOf({ ...nothing, thin: [thin], budgets: [budget] })).toHaveLength(1);
    expect(reasonsOf({ ...nothing, budgets: [budget] })).toMatchObject([
      { outcome: 'untrustworthy', about: 'budget' },
    ]);
  });
});

describe('an inconclusive cell', () => {
  const cell = (more: Partial<Effect> | undefined): ComparedCell => ({
    ...{ vantage: 'syd', scenario: 's', metric: 'm', quantile: 'p50', rounds: 10 },
    verdict: 'inconclusive',
    ...(more === undefined ? {} : { effect: { ...effect, ...more } }),
  });

  test.each([
    [4.9, 14.9, false],
    [4.9, 15.1, true],
    [5, 8, true],
    [-20, -2, false],
  ])('of %d %% and up to %d %%: undecided %s', (percent, highPercent, expected) => {
    expect(isUndecided(cell({ percent, highPercent }))).toBe(expected);
  });

  test('without an interval is undecided', () => {
    expect(isUndecided(cell(undefined))).toBe(true);
    expect(
      isUndecided({ ...cell({}), effect: { baselineMs: 1, candidateMs: 1, ms: 0, percent: 0 } }),
    ).toBe(true);
  });
});
