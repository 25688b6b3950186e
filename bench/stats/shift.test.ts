import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sorted } from './quantile.ts';
import { shiftFunction } from './shift.ts';

const upTo = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i);

test('a constant delay is the same at every decile', () => {
  const a = [sorted(upTo(11)), sorted(upTo(11, 100))];
  const b = [sorted(upTo(11, 5)), sorted(upTo(11, 107))];
  const shifts = shiftFunction(a, b);
  expect(shifts.map(({ level }) => level)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  // Differences 5 and 7: mean 6, t(.975, 1) = 12.7062, SE = 1.
  expect(shifts[4]?.a).toBeCloseTo(55, 12);
  expect(shifts[4]?.b).toBeCloseTo(61, 12);
  for (const { difference } of shifts) {
    expect(difference.centre).toBeCloseTo(6, 12);
    expect(difference.interval?.low).toBeCloseTo(6 - 12.7062, 4);
    expect(difference.interval?.high).toBeCloseTo(6 + 12.7062, 4);
  }
});

test('a wider distribution is faster at the bottom and slower at the top', () => {
  const rounds = [1, 1.01, 0.99].map((k) => sorted(upTo(101, -50).map((v) => 100 + k * v)));
  const wider = [1, 1.01, 0.99].map((k) => sorted(upTo(101, -50).map((v) => 100 + 2 * k * v)));
  const centres = shiftFunction(rounds, wider).map(({ difference }) => difference.centre);
  expect(centres[0]).toBeCloseTo(-40, 6);
  expect(centres[4]).toBeCloseTo(0, 6);
  expect(centres[8]).toBeCloseTo(40, 6);
});

test('one round has differences without intervals; no round has none', () => {
  const [first] = shiftFunction([sorted([1, 2, 3])], [sorted([2, 3, 4])]);
  expect(first?.difference).toEqual({ centre: expect.closeTo(1, 12) as number });
  expect(shiftFunction([], [])).toEqual([]);
});

test('swapping the sides turns every difference round', () => {
  const rounds = fc.array(
    fc.array(fc.double({ min: 0.1, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 30 }),
    { minLength: 2, maxLength: 8 },
  );
  fc.assert(
    fc.property(rounds, rounds, (x, y) => {
      const n = Math.min(x.length, y.length);
      const [a, b] = [x.slice(0, n).map(sorted), y.slice(0, n).map(sorted)];
      const [there, back] = [shiftFunction(a, b), shiftFunction(b, a)];
      there.forEach(({ difference }, i) => {
        expect(back[i]?.difference.centre).toBeCloseTo(-difference.centre, 6);
      });
    }),
  );
});
