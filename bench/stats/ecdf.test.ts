import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { ecdf, type Ecdf } from './ecdf.ts';
import { sorted, type Sorted } from './quantile.ts';

test('few values are all there, with the number of values that are at most as large', () => {
  expect(ecdf(sorted([30, 10, 20]))).toEqual({ n: 3, values: [10, 20, 30], ranks: [1, 2, 3] });
  expect(ecdf(sorted([7]))).toEqual({ n: 1, values: [7], ranks: [1] });
  expect(ecdf(sorted([]))).toEqual({ n: 0, values: [], ranks: [] });
});

test('equal values are a step', () => {
  const values = sorted([...Array<number>(500).fill(5), ...Array<number>(500).fill(50)]);
  const { values: at, ranks } = ecdf(values);
  expect(at.slice(0, 2)).toEqual([5, 5]);
  expect(worst(values, ecdf(values))).toBeLessThan(0.005);
  expect(ranks.at(-1)).toBe(1000);
});

test('equal values that are all of them stay themselves', () => {
  const { values, ranks } = ecdf(sorted(Array<number>(300).fill(8)));
  expect(new Set(values)).toEqual(new Set([8]));
  expect([ranks[0], ranks.at(-1)]).toEqual([1, 300]);
});

/** Latencies as the measurement specification simulates them. */
function latencies(n: number, seed: number): Sorted {
  const random = seededRandom(seed).fork('ecdf');
  const gauss = () =>
    Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  return sorted(
    Array.from({ length: n }, () => {
      const far = random.float() < 0.12 ? 3 : 1;
      const tail = random.float() < 0.03 ? (1 - random.float()) ** (-1 / 2.2) : 1;
      return 100 * far * tail * Math.exp(0.1 * gauss());
    }),
  );
}

/** The largest distance between the lines and the ranks, at every value, as a share of all. */
function worst(values: Sorted, { values: xs, ranks, n }: Ecdf): number {
  let most = 0;
  let line = 1;
  values.forEach((value, i) => {
    while ((ranks[line] ?? Infinity) < i + 1) line++;
    const [x0, x1] = [Math.log(xs[line - 1] ?? NaN), Math.log(xs[line] ?? NaN)];
    const [r0, r1] = [ranks[line - 1] ?? NaN, ranks[line] ?? NaN];
    const share = x1 === x0 ? (i + 1 - r0) / (r1 - r0) : (Math.log(value) - x0) / (x1 - x0);
    most = Math.max(most, Math.abs(r0 + share * (r1 - r0) - (i + 1)) / n);
  });
  return most;
}

test.each([
  [1000, 200],
  [10_000, 120],
  [100_000, 120],
])('%i latencies come down to fewer than %i points within half a percent', (n, most) => {
  const values = latencies(n, 7);
  const found = ecdf(values);
  expect(found.values.length).toBeLessThan(most);
  expect(worst(values, found)).toBeLessThan(0.005);
  expect([found.values[0], found.values.at(-1)]).toEqual([values[0], values.at(-1)]);
});

test('the tail is as true by its own measure: a twentieth of what lies beyond', () => {
  const values = latencies(100_000, 8);
  const { ranks } = ecdf(values);
  expect(ranks.slice(-5)).toEqual([99_996, 99_997, 99_998, 99_999, 100_000]);
});

test('whatever the values, the lines keep their distance and the extremes stay', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 2000 }),
      (numbers) => {
        const values = sorted(numbers);
        const found = ecdf(values);
        expect(worst(values, found)).toBeLessThan(0.005);
        expect([found.values[0], found.values.at(-1)]).toEqual([values[0], values.at(-1)]);
        expect(found.ranks.every((rank, i) => i === 0 || rank > (found.ranks[i - 1] ?? 0))).toBe(
          true,
        );
      },
    ),
    { numRuns: 50 },
  );
});
