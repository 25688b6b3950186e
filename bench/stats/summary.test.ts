import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianByRound } from './interval.ts';
import { sorted } from './quantile.ts';
import { isIndicative, summarise } from './summary.ts';

test('the interval of a median is the t interval over the rounds log medians', () => {
  // Medians 1, e and e²: logs 0, 1, 2; mean 1, sd 1, t(.975, 2) = 4.302653.
  const rounds = [1, Math.E, Math.E ** 2].map((median) => sorted([median / 2, median, 3 * median]));
  const { centre, interval } = medianByRound(rounds) ?? { centre: NaN };
  const half = 4.30265272974946 / Math.sqrt(3);
  expect(centre).toBeCloseTo(Math.E, 12);
  expect(interval?.low).toBeCloseTo(Math.exp(1 - half), 10);
  expect(interval?.high).toBeCloseTo(Math.exp(1 + half), 10);
});

test('uses the t quantile of the specification for ten rounds', () => {
  const rounds = Array.from({ length: 10 }, (_, i) => sorted([Math.exp(i % 2)]));
  const { interval } = medianByRound(rounds) ?? {};
  const sd = Math.sqrt(10 / 4 / 9);
  const t = (Math.log(interval?.high ?? NaN) - 0.5) / (sd / Math.sqrt(10));
  expect(t).toBeCloseTo(2.262, 3);
});

test('one round has a median and no interval, none has nothing', () => {
  expect(medianByRound([sorted([4, 6])])).toEqual({ centre: expect.closeTo(5, 12) as number });
  expect(medianByRound([])).toBeUndefined();
  expect(summarise([])).toEqual({ rounds: 0, n: 0 });
  expect(summarise([[], []])).toEqual({ rounds: 0, n: 0 });
});

test('all-equal values have an interval of no width', () => {
  const { p50 } = summarise([
    [2, 2, 2],
    [2, 2],
  ]);
  expect(p50?.interval?.low).toBeCloseTo(2, 12);
  expect(p50?.interval?.high).toBeCloseTo(2, 12);
});

test('p95 and p99 pool the rounds, and are left out below 72 and 368 values', () => {
  const upTo = (n: number) => [Array.from({ length: n }, (_, i) => i + 1)];
  expect(summarise(upTo(71)).p95).toBeUndefined();
  expect(summarise(upTo(72)).p95?.centre).toBeCloseTo(1 + 71 * 0.95, 10);
  expect(summarise(upTo(367)).p99).toBeUndefined();
  expect(summarise([...upTo(184), ...upTo(184)]).p99?.centre).toBeCloseTo(182.33, 10);
  expect(summarise([...upTo(100), ...upTo(100)])).toMatchObject({ rounds: 2, n: 200 });
});

test('p95 and p99 have intervals from two rounds on', () => {
  const rounds = Array.from({ length: 4 }, (_, i) =>
    Array.from({ length: 100 }, (_, j) => i + j + 1),
  );
  for (const estimate of [summarise(rounds).p95, summarise(rounds).p99]) {
    expect(estimate?.interval?.low).toBeLessThan(estimate?.centre ?? NaN);
    expect(estimate?.interval?.high).toBeGreaterThan(estimate?.centre ?? NaN);
  }
  expect(summarise([rounds.flat()]).p95).not.toHaveProperty('interval');
});

test('has no figures for values that are no latencies', () => {
  const good = Array.from({ length: 100 }, (_, i) => i + 1);
  for (const wrong of [0, -1, NaN, Infinity, -Infinity])
    expect(summarise([good, [...good, wrong]])).toEqual({ rounds: 2, n: 201 });
});

test('a p99 only indicates below a thousand values', () => {
  expect([999, 1000].map(isIndicative)).toEqual([true, false]);
});

const rounds = fc.array(
  fc.array(fc.double({ min: 0.1, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 20 }),
  { minLength: 2, maxLength: 12 },
);

test('the interval holds its centre, scales with the values and ignores every order', () => {
  fc.assert(
    fc.property(rounds, (rs) => {
      const { p50 } = summarise(rs);
      const scaled = summarise(rs.map((r) => r.map((x) => 7 * x))).p50;
      const mixed = summarise([...rs].reverse().map((r) => [...r].reverse())).p50;
      const { centre, interval: { low, high } = { low: NaN, high: NaN } } = p50 ?? { centre: NaN };
      expect(low).toBeLessThanOrEqual(centre * (1 + 1e-9));
      expect(high).toBeGreaterThanOrEqual(centre * (1 - 1e-9));
      expect((scaled?.centre ?? NaN) / centre).toBeCloseTo(7, 8);
      expect((scaled?.interval?.high ?? NaN) / high).toBeCloseTo(7, 6);
      expect((mixed?.centre ?? NaN) / centre).toBeCloseTo(1, 10);
      expect((mixed?.interval?.low ?? NaN) / low).toBeCloseTo(1, 8);
    }),
  );
});

test('permuting the values within the rounds changes nothing', () => {
  const long = fc.array(fc.double({ min: 0.1, max: 1e4, noNaN: true }), {
    minLength: 50,
    maxLength: 80,
  });
  fc.assert(
    fc.property(fc.array(long, { minLength: 2, maxLength: 9 }), (rs) => {
      expect(summarise(rs.map((r) => [...r].reverse()))).toEqual(summarise(rs));
    }),
    { numRuns: 30 },
  );
});
