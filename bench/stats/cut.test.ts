import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAtLeast, sorted } from './quantile.ts';
import { summarise, summariseRounds, type RoundOfValues } from './summary.ts';

/** A value, and the bound at which it would be cut. */
type Cuttable = readonly [value: number, bound: number];

const cut = (round: readonly Cuttable[]): RoundOfValues => {
  const cutAt = round.flatMap(([value, bound]) => (value > bound ? [bound] : []));
  return {
    values: round.map(([value, bound]) => Math.min(value, bound)),
    ...(cutAt.length === 0 ? {} : { cutFromMs: Math.min(...cutAt) }),
  };
};

const whole = (round: readonly Cuttable[]): number[] => round.map(([value]) => value);

/** Many equal values, and slow shares of every size. */
const latency = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 1, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 500, max: 10_000, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(20, 4000) },
);
const bound = fc.double({ min: 10, max: 10_000, noNaN: true });
const rounds = fc.array(fc.array(fc.tuple(latency, bound), { minLength: 10, maxLength: 60 }), {
  minLength: 1,
  maxLength: 8,
});

test('cutting never makes a wrong figure: what is not marked is as without it, what is marked is a lower bound', () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const [seen, truth] = [summariseRounds(all.map(cut)), summarise(all.map(whole))];
      expect(seen.n).toBe(truth.n);
      for (const quantile of ['p50', 'p95', 'p99'] as const) {
        const [a, b] = [seen[quantile], truth[quantile]];
        if (a === undefined || b === undefined) {
          expect(a).toBe(b);
          continue;
        }
        if (a.isLowerBound === true) {
          expect(a.centre).toBeLessThanOrEqual(b.centre * (1 + 1e-12));
          if (a.interval !== undefined) expect(a.interval.high).toBe(Infinity);
        } else expect(a.centre).toBe(b.centre);
        // An end that is not open is right as well.
        if (a.interval === undefined || b.interval === undefined) continue;
        if (a.interval.high !== Infinity) expect(a.interval.high).toBe(b.interval.high);
        if (quantile !== 'p50')
          expect(a.interval.low).toBeLessThanOrEqual(b.interval.low * (1 + 1e-12));
      }
    }),
    { numRuns: 300 },
  );
});

test('without anything cut nothing changes', () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const values = all.map(whole);
      expect(summariseRounds(values.map((round) => ({ values: round })))).toEqual(
        summarise(values),
      );
    }),
    { numRuns: 50 },
  );
});

describe('known numbers', () => {
  const ascending = Array.from({ length: 100 }, (_, i) => i + 1);

  test('92 fast of 100, the others cut at 1100 ms: p95 is at least that', () => {
    const values = [...ascending.slice(0, 92), ...new Array<number>(8).fill(1100)];
    const { p50, p95 } = summariseRounds([
      { values, cutFromMs: 1100 },
      { values, cutFromMs: 1100 },
    ]);
    expect(p50?.centre).toBeCloseTo(50.5, 9);
    expect(p50?.isLowerBound).toBeUndefined();
    expect(p95).toMatchObject({ centre: 1100, isLowerBound: true });
    expect(p95?.interval?.high).toBe(Infinity);
  });

  test('all cut: the median is at least the bound', () => {
    const round = { values: new Array<number>(40).fill(10_000), cutFromMs: 10_000 };
    expect(summariseRounds([round, round]).p50).toMatchObject({ isLowerBound: true });
    expect(summariseRounds([round, round]).p50?.centre).toBeCloseTo(10_000, 6);
  });

  test('one in 200 cut leaves p95 whole', () => {
    const round = { values: [...ascending, ...ascending.slice(1), 5000], cutFromMs: 5000 };
    const { p95 } = summariseRounds([round, round]);
    expect(p95?.isLowerBound).toBeUndefined();
    expect(p95?.interval?.high).toBeLessThan(101);
  });

  test('a quantile between an exact value and a bound is a bound', () => {
    const values = sorted([1, 2, 3, 4]);
    expect(isAtLeast(values, 0.5, 3)).toBe(true);
    expect(isAtLeast(values, 0.5, 3.5)).toBe(false);
    expect(isAtLeast(values, 1 / 3, 2.5)).toBe(false);
  });
});
