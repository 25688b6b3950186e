import { expect, test } from 'vitest';
import { welchDifference } from './unpaired.ts';

test('gives what SciPy gives for the sleep data of Student', () => {
  // ttest_ind(equal_var=False): t = 1.8608, df = 17.776, p = 0.07939 (two-sided), −0.2054832 to 3.3654832.
  const a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const { n, mean, df, interval, p } = welchDifference(a, b) ?? { n: NaN };
  expect([n, mean]).toEqual([10, expect.closeTo(1.58, 12)]);
  expect(df).toBeCloseTo(17.776, 3);
  expect(interval?.low).toBeCloseTo(-0.2054832, 6);
  expect(interval?.high).toBeCloseTo(3.3654832, 6);
  expect(2 * (p?.greater ?? NaN)).toBeCloseTo(0.07939, 5);
});

test('judges nothing without spread, by single values, or by what is not finite', () => {
  expect(welchDifference([], [1])).toBeUndefined();
  expect(welchDifference([1, NaN], [1, 2])).toBeUndefined();
  expect(welchDifference([1, 2], [1, -Infinity])).toBeUndefined();
  expect(welchDifference([1], [1, 2])).not.toHaveProperty('p');
  expect(welchDifference([1, 1], [2, 2])).toMatchObject({ mean: 1 });
  expect(welchDifference([1, 1], [2, 2])).not.toHaveProperty('p');
});

test('one side without spread leaves the degrees of freedom of the other', () => {
  expect(welchDifference([1, 1, 1], [1, 2, 3, 4])?.df).toBeCloseTo(3, 12);
});
