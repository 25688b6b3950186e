import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hodgesLehmann } from './hodges-lehmann.ts';

test('is the median of all averages of two', () => {
  // Averages of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6.
  expect(hodgesLehmann([1, 2, 6])).toBe(2.75);
  expect(hodgesLehmann([4])).toBe(4);
});

test('hardly moves for one wild value', () => {
  const calm = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(hodgesLehmann([...calm, 1e6])).toBeLessThan(7);
});

test('is undefined for no values or what is not finite', () => {
  for (const values of [[], [NaN], [1, Infinity]]) expect(hodgesLehmann(values)).toBeUndefined();
});

test('moves with its values, and turns with their sign', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(values, (xs) => {
      const middle = hodgesLehmann(xs) ?? NaN;
      expect(hodgesLehmann(xs.map((x) => x + 8))).toBe(middle + 8);
      expect((hodgesLehmann(xs.map((x) => -x)) ?? NaN) + middle).toBe(0);
    }),
  );
});
