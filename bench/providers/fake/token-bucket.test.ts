import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lent, TokenBucket, type Rate } from './token-bucket.ts';

const rates = fc.constantFrom<Rate>({ perSecond: 1, burst: 3 }, { perSecond: 5, burst: 10 });
const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 80 });

/** The times of the requests that were let through. */
function admitted(rate: Rate, gapsMs: readonly number[]): number[] {
  const bucket = new TokenBucket(rate, 0);
  let now = 0;
  return gapsMs.flatMap((gap) => {
    now += gap;
    return bucket.take(now) ? [now] : [];
  });
}

test('law: no span of time sees more than burst + rate · t', () => {
  fc.assert(
    fc.property(rates, gaps, (rate, gapsMs) => {
      const times = admitted(rate, gapsMs);
      for (const [i, from] of times.entries())
        for (const [j, to] of times.slice(i).entries())
          expect(j + 1).toBeLessThanOrEqual(
            rate.burst + (rate.perSecond * (to - from)) / 1000 + lent + 1e-9,
          );
    }),
  );
});

test('law: who keeps to the rate after the burst is never refused', () => {
  fc.assert(
    fc.property(rates, fc.array(fc.integer({ min: 0, max: 2000 })), (rate, extra) => {
      const burst = Array.from({ length: rate.burst }, () => 0);
      const paced = extra.map((ms) => 1000 / rate.perSecond + ms);
      expect(admitted(rate, [...burst, ...paced])).toHaveLength(burst.length + paced.length);
    }),
  );
});

test('one more than the burst is refused, and a refusal costs nothing', () => {
  const bucket = new TokenBucket({ perSecond: 1, burst: 3 }, 0);
  expect([0, 0, 0, 0, 500, 1000].map((at) => bucket.take(at))).toEqual([
    ...[true, true, true],
    ...[false, false, true],
  ]);
});

test('a second that became 0.9 on the way is let pass, but not again and again', () => {
  const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 0);
  expect([0, 900, 1800, 2700].map((at) => bucket.take(at))).toEqual([true, true, true, false]);
});
