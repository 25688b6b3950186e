import { describe, expect, test } from 'vitest';
import { mean, variance } from './moments.ts';
import { orderStatistics } from './order-statistics.ts';
import { studentsT } from './students-t.ts';
import { welchDifference } from './unpaired.ts';

/** Known numbers of golang/perf, which benchstat rests on (benchmath/assumption_test.go). */
describe('the median of few values', () => {
  const values = [-10, 2, 3, 4, 5, 6];

  test('six have a 95 % interval, from the least to the largest; five have none', () => {
    const { lower = 0, upper = 0 } = orderStatistics(values.length, 0.5);
    expect([values[lower - 1], values[upper - 1]]).toEqual([-10, 6]);
    // Both tails together: 2 · 0.5⁶ = 0.03125, so the confidence is 0.96875.
    expect(orderStatistics(6, 0.5, 0.03125)).toEqual({ lower: 1, upper: 6 });
    expect(orderStatistics(6, 0.5, 0.03124)).toEqual({});
    expect(orderStatistics(5, 0.5)).toEqual({});
  });

  test('99 % needs eight', () => {
    expect(orderStatistics(7, 0.5, 0.01)).toEqual({});
    expect(orderStatistics(8, 0.5, 0.01)).toEqual({ lower: 1, upper: 8 });
  });
});

test('the mean of {-8, 2, 3, 4, 5, 6} is 2 ± 5.351', () => {
  const values = [-8, 2, 3, 4, 5, 6];
  const half = studentsT(0.975, values.length - 1) * Math.sqrt(variance(values) / values.length);
  expect(mean(values)).toBe(2);
  expect(half).toBeCloseTo(5.351092806089359, 8);
});

/**
 * Where benchstat takes Mann and Whitney's U test (p 0.4857 for these), runs of different days are told apart here by
 * Welch's t test on logarithms: sides with equal spread and means 1 apart, of 4 values each, t = 1 / √(2 · 1 / 4) = √2.
 */
test('sides that overlap are not told apart by either', () => {
  const difference = welchDifference([1, -1, -1, -1], [-1, 1, 1, 1]);
  expect(difference).toMatchObject({ mean: 1 });
  expect(difference?.p?.greater).toBeCloseTo(0.1035, 4);
});
