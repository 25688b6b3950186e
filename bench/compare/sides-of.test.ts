import { expect, test } from 'vitest';
import type { Series } from '../samples/series.ts';
import { syntheticManifest } from '../test/support/synthetic-run.ts';
import { sidesOf } from './sides-of.ts';

const manifest = syntheticManifest({ targets: ['a', 'b'], vantages: ['cdg'] });

function series(target: string, temperature: 'warm' | 'cold', values: number[][]): Series {
  return {
    ...{ target, vantage: 'cdg', scenario: 'search', step: '', temperature },
    metric: `ttfb_${temperature}`,
    rounds: values.map((v, round) => ({ round: 2 * round, values: v })),
    ...{ errors: 0, excluded: 0, server: {} },
  };
}

test('a side has the quantiles of every round, and keeps the numbers of the rounds', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => n - i);
  const [a, b] = sidesOf(manifest, [series('a', 'warm', [upTo(101), [7]])]);
  expect(a).toMatchObject({ runId: manifest.runId, target: 'a' });
  expect(a?.cells).toEqual([
    {
      ...{ vantage: 'cdg', scenario: 'search', metric: 'ttfb_warm', n: 102 },
      rounds: [
        { round: 0, p50: 51, p95: 96 },
        { round: 2, p50: 7, p95: 7 },
      ],
    },
  ]);
  expect(b).toMatchObject({ target: 'b', cells: [] });
});

test('cold requests are left out beside warm ones', () => {
  const all = [series('a', 'warm', [[1]]), series('a', 'cold', [[9]]), series('b', 'cold', [[9]])];
  expect(sidesOf(manifest, all).map(({ cells }) => cells.map(({ metric }) => metric))).toEqual([
    ['ttfb_warm'],
    [],
  ]);
});

test('where no target keeps its connections, the cold requests are compared', () => {
  const all = ['a', 'b'].flatMap((target) => [
    series(target, 'warm', []),
    series(target, 'cold', [[9]]),
  ]);
  expect(sidesOf(manifest, all).map(({ cells }) => cells.map(({ metric }) => metric))).toEqual([
    ['ttfb_cold'],
    ['ttfb_cold'],
  ]);
});

test('what is no number makes the round none, and an empty round is none', () => {
  const [a] = sidesOf(manifest, [series('a', 'warm', [[1, NaN], [], [3]])]);
  expect(a?.cells[0]?.rounds).toEqual([
    { round: 0, p50: NaN, p95: NaN },
    { round: 4, p50: 3, p95: 3 },
  ]);
});
