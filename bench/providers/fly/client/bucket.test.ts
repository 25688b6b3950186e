import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextTurn, type FullAt, type Limit } from './bucket.ts';

/** When calls that come after these pauses have their turns. */
function turns(limit: Limit, pauses: readonly number[]): { asked: number[]; at: number[] } {
  let full: FullAt = 0;
  let now = 0;
  const asked: number[] = [];
  const at: number[] = [];
  for (const pause of pauses) {
    now += pause;
    const turn = nextTurn(limit, full, now);
    full = turn.full;
    asked.push(now);
    at.push(turn.at);
  }
  return { asked, at };
}

const limit = fc.record({ burst: fc.integer({ min: 1, max: 10 }), rate: fc.constantFrom(1, 2, 5) });
const pauses = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 60 });

test('in no window are there more turns than burst and rate allow', () => {
  fc.assert(
    fc.property(limit, pauses, (limits, gaps) => {
      const { at } = turns(limits, gaps);
      for (let from = 0; from < at.length; from++)
        for (let to = from; to < at.length; to++) {
          const seconds = ((at[to] ?? 0) - (at[from] ?? 0)) / 1000;
          expect(to - from + 1).toBeLessThanOrEqual(limits.burst + limits.rate * seconds + 1e-6);
        }
    }),
  );
});

test('turns come in order, and nobody waits longer than the calls before make it', () => {
  fc.assert(
    fc.property(limit, pauses, (limits, gaps) => {
      const { asked, at } = turns(limits, gaps);
      at.forEach((turn, i) => {
        expect(turn).toBeGreaterThanOrEqual(Math.max(asked[i] ?? 0, at[i - 1] ?? 0));
        const queue = at.slice(0, i).filter((earlier) => earlier > (asked[i] ?? 0)).length;
        expect(turn - (asked[i] ?? 0)).toBeLessThanOrEqual(
          ((queue + 1) * 1000) / limits.rate + 1e-6,
        );
      });
    }),
  );
});

test('a burst, then the rate', () => {
  const limits = { burst: 3, rate: 1 };
  expect(turns(limits, [0, 0, 0, 0, 0]).at).toEqual([0, 0, 0, 1000, 2000]);
  expect(turns(limits, [0, 0, 0, 10_000, 0, 0, 0]).at).toEqual([
    0, 0, 0, 10_000, 10_000, 10_000, 11_000,
  ]);
});
