import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import type { Series } from '../samples/series.ts';
import { isSettling } from './settling.ts';

/** Eight rounds of 45 values with 10 % of noise, the first ones slower by `slower`. */
function series(seed: number, slower: number): Series {
  const random = seededRandom(seed);
  const value = (i: number) => 10 * (1 + slower * (1 - i / 44)) * (0.9 + 0.2 * random.float());
  return {
    ...{ target: 'a', vantage: 'cdg', scenario: 'search', metric: 'ttfb_warm', step: '' },
    ...{ temperature: 'warm', errors: 0, excluded: 0, server: {} },
    rounds: Array.from({ length: 8 }, (_, round) => ({
      round,
      values: Array.from({ length: 45 }, (_, i) => value(i)),
    })),
  };
}

test('a target that becomes 20 % faster within each round is still settling', () => {
  expect(isSettling(series(1, 0.3))).toBe(true);
});

test('noise alone is not, in any of 200 series', () => {
  const settling = Array.from({ length: 200 }, (_, seed) => isSettling(series(seed, 0)));
  expect(settling.filter(Boolean)).toEqual([]);
});

test('a target that becomes slower is something else', () => {
  expect(isSettling(series(1, -0.3))).toBe(false);
});

test('too few values say nothing', () => {
  const few = series(1, 0.3);
  const rounds = few.rounds.map(({ round, values }) => ({ round, values: values.slice(0, 14) }));
  expect(isSettling({ ...few, rounds })).toBe(false);
});
