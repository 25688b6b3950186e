import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandedLevel, weightedQuantile } from './bootstrap.ts';
import { Descending } from './descending.ts';
import { quantile, sorted } from './quantile.ts';
import { resampleCount, resamples } from './resamples.ts';
import { tailQuantile } from './tail-quantile.ts';

const round = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 });
const rounds = fc.array(fc.tuple(round, fc.nat({ max: 4 })), { minLength: 1, maxLength: 6 });
const share = fc.constantFrom(0.01, 0.5, 0.9, 0.95, 0.99, 1);

test('a weighted quantile is that of the rounds written out', () => {
  fc.assert(
    fc.property(rounds, share, (drawn, p) => {
      const weights = drawn.map(([, weight]) => weight);
      const pool = drawn.flatMap(([values, times]) => Array.from({ length: times }, () => values));
      if (pool.length === 0) return;
      const pooled = new Descending(drawn.map(([values]) => sorted(values)));
      expect(weightedQuantile(pooled, weights, p)).toBe(quantile(sorted(pool.flat()), p));
    }),
  );
});

test('every resample draws as many rounds as there are, the same ones each time', () => {
  for (const count of [1, 2, 10, 30]) {
    const drawn = resamples(count);
    expect(drawn.length).toBe(resampleCount * count);
    for (let b = 0; b < resampleCount; b++)
      expect(drawn.subarray(b * count, (b + 1) * count).reduce((sum, n) => sum + n, 0)).toBe(count);
    expect(resamples(count)).toBe(drawn);
  }
});

test('draws by the documented generator', () => {
  // 48271/(2³¹ − 1) = 0.00002, then 182605794: 0.085, 1291394886: 0.601, 1914720637: 0.892, 2078669041: 0.968.
  expect([...resamples(5).subarray(0, 5)]).toEqual([2, 0, 0, 1, 2]);
});

test('draws every round equally often, and with the right spread', () => {
  for (const count of [5, 10, 20]) {
    const drawn = resamples(count);
    for (let i = 0; i < count; i++) {
      const times = Array.from({ length: resampleCount }, (_, b) => drawn[b * count + i] ?? NaN);
      const mean = times.reduce((sum, n) => sum + n, 0) / resampleCount;
      const variance = times.reduce((sum, n) => sum + (n - mean) ** 2, 0) / resampleCount;
      expect(Math.abs(mean - 1)).toBeLessThan(0.1);
      expect(Math.abs(variance - (1 - 1 / count))).toBeLessThan(0.15);
    }
  }
});

test('widens the level for few rounds', () => {
  // SciPy: norm.cdf(-t.ppf(.975, 9) * sqrt(10/9))
  expect(expandedLevel(10)).toBeCloseTo(0.0085506, 6);
  expect(expandedLevel(1000)).toBeCloseTo(0.0248, 3);
});

const upTo = (n: number, scale = 1) => sorted(Array.from({ length: n }, (_, i) => scale * (i + 1)));

test('holds the order-statistic interval even where the rounds are alike', () => {
  const pooled = new Descending(Array.from({ length: 10 }, () => upTo(100)));
  const { centre, interval } = tailQuantile(pooled, 0.95);
  expect(centre).toBeCloseTo(95.05, 10);
  // Ranks 936 and 964 of 1000, each value ten times over.
  expect(interval?.low).toBe(94);
  expect(interval?.high).toBe(97);
});

test('is wider where the rounds differ', () => {
  const alike = new Descending(Array.from({ length: 10 }, () => upTo(100)));
  const unlike = new Descending(Array.from({ length: 10 }, (_, i) => upTo(100, 1 + i / 10)));
  const width = (pooled: Descending) => {
    const { centre, interval } = tailQuantile(pooled, 0.95);
    return ((interval?.high ?? NaN) - (interval?.low ?? NaN)) / centre;
  };
  expect(width(unlike)).toBeGreaterThan(3 * width(alike));
});

test('has no interval from a single round, or where too little lies beyond the quantile', () => {
  expect(tailQuantile(new Descending([upTo(1000)]), 0.95)).not.toHaveProperty('interval');
  expect(tailQuantile(new Descending([upTo(30), upTo(30)]), 0.95)).not.toHaveProperty('interval');
});

test('scaling the values scales the interval', () => {
  const values = [upTo(60), upTo(80, 1.1), upTo(100, 0.9)];
  const plain = tailQuantile(new Descending(values), 0.95);
  const scaled = tailQuantile(new Descending(values.map((v) => sorted(v.map((x) => 8 * x)))), 0.95);
  expect(scaled.centre).toBeCloseTo(8 * plain.centre, 9);
  expect(scaled.interval?.low).toBeCloseTo(8 * (plain.interval?.low ?? NaN), 9);
  expect(scaled.interval?.high).toBeCloseTo(8 * (plain.interval?.high ?? NaN), 9);
});
