import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm, holmAdjusted } from './holm.ts';

test('rejects two of the example of the measurement specification', () => {
  expect(holm([0.001, 0.008, 0.039, 0.041], 0.05)).toEqual([true, true, false, false]);
  expect(holm([0.041, 0.001, 0.039, 0.008], 0.05)).toEqual([false, true, false, true]);
});

test('adjusts each p by its rank, and never below a smaller one', () => {
  const adjusted = holmAdjusted([0.01, 0.02, 0.03, 0.04, 0.9]);
  [0.05, 0.08, 0.09, 0.09, 0.9].forEach((p, i) => {
    expect(adjusted[i]).toBeCloseTo(p, 12);
  });
  expect(holmAdjusted([])).toEqual([]);
  expect(holm([], 0.05)).toEqual([]);
});

test('never rejects what is not a number, and counts it in the family', () => {
  expect(holm([NaN, 0.02], 0.05)).toEqual([false, true]);
  expect(holm([NaN, 0.03], 0.05)).toEqual([false, false]);
  expect(holmAdjusted([NaN, 0.02])).toEqual([NaN, 0.04]);
});

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

test('lies between the plain level and that of Bonferroni', () => {
  fc.assert(
    fc.property(ps, (p) => {
      holm(p, 0.05).forEach((rejected, i) => {
        if (rejected) expect(p[i]).toBeLessThanOrEqual(0.05);
        else expect((p[i] ?? NaN) * p.length).toBeGreaterThan(0.05);
      });
    }),
  );
});

test('rejects no p above one that it keeps', () => {
  fc.assert(
    fc.property(ps, (p) => {
      const rejected = p.filter((_, i) => holm(p, 0.05)[i]);
      const kept = p.filter((_, i) => holm(p, 0.05)[i] === false);
      expect(Math.max(0, ...rejected)).toBeLessThanOrEqual(Math.min(1, ...kept));
    }),
  );
});
