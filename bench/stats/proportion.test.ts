import { expect, test } from 'vitest';
import { proportionInterval } from './proportion.ts';

test("gives what SciPy's binomtest gives", () => {
  expect(proportionInterval(1, 20)?.low).toBeCloseTo(0.001265089, 8);
  expect(proportionInterval(1, 20)?.high).toBeCloseTo(0.2487328, 7);
  expect(proportionInterval(0, 20)).toEqual({
    low: 0,
    high: expect.closeTo(0.1684335, 7) as number,
  });
  expect(proportionInterval(20, 20)).toEqual({
    low: expect.closeTo(0.8315665, 7) as number,
    high: 1,
  });
});

test('is undefined for what is no proportion', () => {
  for (const [hits, n] of [
    [0, 0],
    [3, 2],
    [-1, 2],
    [0.5, 2],
    [NaN, 2],
    [1, Infinity],
  ] as const)
    expect(proportionInterval(hits, n)).toBeUndefined();
});
