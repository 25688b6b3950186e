import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { equivalenceP, isEquivalent } from './equivalence.ts';
import { pairedDifference } from './paired.ts';

const of = (differences: readonly number[]) =>
  pairedDifference(
    differences.map(() => 0),
    differences,
  );

test('is the same as the 90 % interval inside the bounds', () => {
  const differences = fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), {
    minLength: 2,
    maxLength: 30,
  });
  fc.assert(
    fc.property(differences, fc.double({ min: 1e-3, max: 0.2, noNaN: true }), (ds, bound) => {
      const d = of(ds);
      if (d?.p === undefined) return;
      const half = tQuantile(0.95, d.df) * d.se;
      const slack = bound - Math.max(d.mean + half, half - d.mean);
      if (Math.abs(slack) > 1e-9) expect(isEquivalent(d, bound)).toBe(slack > 0);
    }),
  );
});

test('never holds without spread, with a single difference, or within no bound', () => {
  for (const differences of [[0, 0, 0], [0.001]]) {
    const d = of(differences);
    expect(d).toBeDefined();
    if (d === undefined) continue;
    expect(isEquivalent(d, 0.05)).toBe(false);
    expect(equivalenceP(d, 0.05)).toBeUndefined();
  }
  const d = of([0.001, -0.001, 0.0005]);
  if (d === undefined) throw new Error('no difference');
  expect(isEquivalent(d, 0.05)).toBe(true);
  for (const bound of [0, -0.05, NaN]) expect(isEquivalent(d, bound)).toBe(false);
});
