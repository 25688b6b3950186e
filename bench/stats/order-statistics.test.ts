import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderStatistics } from './order-statistics.ts';

const ranks = (n: number) =>
  [0.5, 0.95, 0.99].map((p) => {
    const { lower, upper } = orderStatistics(n, p);
    return [lower ?? 'none', upper ?? 'none'];
  });

test('gives the ranks of the measurement specification', () => {
  expect(ranks(100)).toEqual([
    [40, 61],
    [90, 100],
    [97, 'none'],
  ]);
  expect(ranks(600)).toEqual([
    [276, 325],
    [559, 581],
    [589, 599],
  ]);
  expect(ranks(1000)).toEqual([
    [469, 532],
    [936, 964],
    [983, 997],
  ]);
});

test('has an upper end from 72 values for p95 and from 368 for p99', () => {
  for (const [p, fewest] of [
    [0.95, 72],
    [0.99, 368],
  ] as const) {
    expect(orderStatistics(fewest - 1, p).upper).toBeUndefined();
    expect(orderStatistics(fewest, p).upper).toBe(fewest);
  }
});

test('takes the innermost ranks whose tails are small enough', () => {
  const share = fc.constantFrom(0.05, 0.5, 0.9, 0.95, 0.99);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), share, (n, p) => {
      const { lower, upper } = orderStatistics(n, p);
      const [l, u] = [lower ?? 0, upper ?? n + 1];
      if (l > 0) expect(binomialCdf(l - 1, n, p)).toBeLessThanOrEqual(0.025);
      expect(binomialCdf(l, n, p)).toBeGreaterThan(0.025);
      expect(1 - binomialCdf(u - 1, n, p)).toBeLessThanOrEqual(0.025 + 1e-12);
      if (u > 1) expect(1 - binomialCdf(u - 2, n, p)).toBeGreaterThan(0.025 - 1e-12);
    }),
  );
});

test('has no ends for no values', () => {
  expect(orderStatistics(0, 0.5)).toEqual({});
});
