import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedDifference } from './paired.ts';

test('gives what SciPy gives for the sleep data of Student', () => {
  // ttest_rel: t = 4.0621, df = 9, p = 0.002833 (two-sided), 0.7001142 to 2.4598858.
  const a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
  const b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const { n, mean, sd, se, df, interval, p } = pairedDifference(a, b) ?? { n: NaN };
  expect([n, df]).toEqual([10, 9]);
  expect(mean).toBeCloseTo(1.58, 12);
  expect((mean ?? NaN) / (se ?? NaN)).toBeCloseTo(4.0621, 4);
  expect(sd).toBeCloseTo((se ?? NaN) * Math.sqrt(10), 12);
  expect(interval?.low).toBeCloseTo(0.7001142, 6);
  expect(interval?.high).toBeCloseTo(2.4598858, 6);
  expect(2 * (p?.greater ?? NaN)).toBeCloseTo(0.002833, 6);
  expect(p?.less).toBeCloseTo(1 - 0.002833 / 2, 6);
});

test('judges nothing by a single pair or by differences without spread', () => {
  expect(pairedDifference([], [])).toBeUndefined();
  const single = pairedDifference([1], [1.5]);
  expect(single).toMatchObject({ n: 1, mean: 0.5 });
  expect(single).not.toHaveProperty('interval');
  expect(single).not.toHaveProperty('p');
  // Equal ratios, whose logarithms differ in the last digits.
  const times = [10.1, 20.7, 33.3, 47.9];
  const equal = pairedDifference(
    times.map(Math.log),
    times.map((ms) => Math.log(1.1 * ms)),
  );
  expect(equal?.mean).toBeCloseTo(Math.log(1.1), 12);
  expect(equal).not.toHaveProperty('p');
});

test('gives nothing for what is not finite, and refuses sides of different lengths', () => {
  for (const wrong of [NaN, -Infinity, Infinity])
    expect(pairedDifference([1, 2, wrong], [1, 2, 3])).toBeUndefined();
  expect(() => pairedDifference([1], [])).toThrow(RangeError);
});

const logs = fc.array(
  fc.tuple(
    fc.double({ min: -3, max: 10, noNaN: true }),
    fc.double({ min: -3, max: 10, noNaN: true }),
  ),
  { minLength: 2, maxLength: 30 },
);
const sides = (pairs: readonly (readonly [number, number])[]) =>
  [pairs.map(([a]) => a), pairs.map(([, b]) => b)] as const;

test('swapping the sides turns the difference round', () => {
  fc.assert(
    fc.property(logs, (pairs) => {
      const [a, b] = sides(pairs);
      const [there, back] = [pairedDifference(a, b), pairedDifference(b, a)];
      expect(back?.mean).toBeCloseTo(-(there?.mean ?? NaN), 12);
      expect(back?.sd).toBeCloseTo(there?.sd ?? NaN, 12);
      if (there?.p === undefined) expect(back?.p).toBeUndefined();
      else expect(back?.p?.less).toBeCloseTo(there.p.greater, 9);
    }),
  );
});

test('scaling both sides (a shift of the logarithms) changes nothing', () => {
  fc.assert(
    fc.property(logs, fc.double({ min: -5, max: 5, noNaN: true }), (pairs, shift) => {
      const [a, b] = sides(pairs);
      const plain = pairedDifference(a, b);
      const moved = pairedDifference(
        a.map((x) => x + shift),
        b.map((x) => x + shift),
      );
      expect(moved?.mean).toBeCloseTo(plain?.mean ?? NaN, 10);
      expect(moved?.sd).toBeCloseTo(plain?.sd ?? NaN, 10);
    }),
  );
});

test("permuting one side's rounds changes the spread, never the difference", () => {
  const a = [1, 2, 3, 4, 5, 6];
  const b = a.map((x, i) => x + 0.1 * (i % 2));
  const [paired, permuted] = [pairedDifference(a, b), pairedDifference([...a].reverse(), b)];
  expect(permuted?.mean).toBeCloseTo(paired?.mean ?? NaN, 12);
  expect(permuted?.sd).toBeGreaterThan(10 * (paired?.sd ?? NaN));
  fc.assert(
    fc.property(logs, fc.nat(), (pairs, turns) => {
      const [x, y] = sides(pairs);
      const by = turns % x.length;
      const turned = pairedDifference([...x.slice(by), ...x.slice(0, by)], y);
      expect(turned?.mean).toBeCloseTo(pairedDifference(x, y)?.mean ?? NaN, 10);
    }),
  );
});
