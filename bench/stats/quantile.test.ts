import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile, sorted } from './quantile.ts';

test('gives the values that R and NumPy give for type 7', () => {
  const values = sorted([15, 20, 35, 40, 50]);
  expect([0, 0.05, 0.25, 0.4, 0.5, 0.95, 1].map((p) => quantile(values, p))).toEqual([
    15, 16, 20, 29, 35, 48, 50,
  ]);
  expect(quantile(sorted([7]), 0.95)).toBe(7);
  expect(quantile(sorted([1, 2]), 0.5)).toBe(1.5);
});

test('refuses what has no quantile', () => {
  expect(() => sorted([1, NaN, 2])).toThrow(RangeError);
  expect(() => quantile(sorted([]), 0.5)).toThrow(RangeError);
  expect(() => quantile(sorted([1]), 1.01)).toThrow(RangeError);
  expect(() => quantile(sorted([1]), NaN)).toThrow(RangeError);
});

const values = fc.array(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), { minLength: 1 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

test('grows with p and stays within the values', () => {
  fc.assert(
    fc.property(values, share, share, (xs, a, b) => {
      const order = sorted(xs);
      const low = quantile(order, Math.min(a, b));
      const high = quantile(order, Math.max(a, b));
      expect(low).toBeLessThanOrEqual(high * (1 + 1e-12));
      expect(low).toBeGreaterThanOrEqual(Math.min(...xs));
      expect(high).toBeLessThanOrEqual(Math.max(...xs) * (1 + 1e-12));
    }),
  );
});

test('does not depend on the order of the values, and scales with them', () => {
  fc.assert(
    fc.property(values, share, (xs, p) => {
      const once = quantile(sorted(xs), p);
      expect(quantile(sorted([...xs].reverse()), p)).toBe(once);
      // A power of two scales floating-point numbers without rounding.
      expect(quantile(sorted(xs.map((x) => 8 * x)), p)).toBe(8 * once);
    }),
  );
});
