import { expect, test } from 'vitest';
import type { ComparedCell } from '../../compare/comparison.ts';
import type { Race } from '../findings/races.ts';
import type { TableCell } from '../tables.ts';
import { heatCell } from './heat-cell.ts';

const place = { code: 'ord', region: 'ord', city: 'Chicago', rttMs: 108, gap: undefined };

const cell = (target: string, ms: number | undefined): TableCell => ({
  target,
  heat: ms === undefined ? undefined : 3,
  result: {
    ...{ target, vantage: 'ord', scenario: 'search', step: '', temperature: 'warm' },
    ...{ metric: 'ttfb_warm', errors: 0, excluded: 0, server: {} },
    summary: { rounds: 8, n: 80, ...(ms === undefined ? {} : { p50: { centre: ms } }) },
  },
});

const behind = (verdict: ComparedCell['verdict'], reason?: string): ComparedCell => ({
  ...{ vantage: 'ord', scenario: 'search', metric: 'ttfb_warm', quantile: 'p50', rounds: 8 },
  ...{ verdict, ...(reason === undefined ? {} : { reason }) },
});

const race = (b: ComparedCell | undefined, winner?: string): Race => ({
  ...{ place, winner },
  ranked: [
    { target: 'a', p50: { centre: 80 } },
    { target: 'b', p50: { centre: 120 }, ...(b === undefined ? {} : { behind: b }) },
  ],
});

const shown = (target: string, ms: number, of: Race | undefined) => {
  const { source } = heatCell(cell(target, ms), place, of, 100);
  return {
    classes: /<td class="([^"]*)"/.exec(source)?.[1],
    title: /title="([^"]*)"/.exec(source)?.[1],
  };
};

test('above the goal and surely behind', () => {
  expect(shown('b', 120, race(behind('slower')))).toEqual({
    classes: 'h3 over',
    title: 'b in ord, above the goal, slower than a',
  });
});

test.each([
  [behind('no-difference'), 'as fast as a'],
  [
    behind('inconclusive', 'needs about 4 more rounds'),
    'not told apart from a (needs about 4 more rounds)',
  ],
  [undefined, 'not told apart from a'],
])('what is not told apart from the fastest is hatched', (judged, words) => {
  expect(shown('b', 90, race(judged))).toEqual({
    classes: 'h3 unsure',
    title: `b in ord, within the goal, ${words}`,
  });
});

test('the fastest is never hatched, nor is a target without rivals', () => {
  expect(shown('a', 80, race(behind('slower'), 'a')).title).toBe(
    'a in ord, within the goal, clearly the fastest here',
  );
  expect(shown('a', 80, race(behind('inconclusive'))).title).toMatch(/fastest here, if only just$/);
  expect(shown('a', 80, undefined)).toEqual({ classes: 'h3', title: 'a in ord, within the goal' });
});

test('a missing cell says why, and what comes from outside stays text', () => {
  const missing = { ...place, gap: '<b>gone</b>' };
  const { source } = heatCell(cell('"><i>', undefined), missing, undefined, 100);
  expect(source).toContain(
    'title="&#34;&#62;&#60;i&#62; in ord, missing: &#60;b&#62;gone&#60;/b&#62;"',
  );
});
