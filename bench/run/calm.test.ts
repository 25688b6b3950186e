import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calmWithinMs, untilCalm } from './calm.ts';

/** A world that is calm from `calmAt` on, by a clock that only measuring and sleeping move. */
async function waited(calmAt: number, measureMs: number): Promise<{ at: number; last: number }> {
  let clock = 0;
  const measure = () => {
    clock += measureMs;
    return Promise.resolve(clock);
  };
  const first = await measure();
  const began = clock;
  const last = await untilCalm(first, {
    measure,
    isCalm: (at) => at >= calmAt,
    now: () => clock,
    sleep: (ms) => {
      clock += ms;
      return Promise.resolve();
    },
  });
  return { at: clock - began, last };
}

test('a calm world is not waited for', async () => {
  expect(await waited(0, 1000)).toEqual({ at: 0, last: 1000 });
});

test('it is measured again until it is calm', async () => {
  expect(await waited(5000, 1000)).toEqual({ at: 4500, last: 5500 });
});

test('one that never is calm is waited for no longer than the limit and a last measurement', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 100, max: 5000 }), async (measureMs) => {
      const { at, last } = await waited(Infinity, measureMs);
      expect(at).toBeLessThanOrEqual(calmWithinMs + measureMs);
      expect(at).toBeGreaterThanOrEqual(calmWithinMs - measureMs - 500);
      expect(last).toBe(at + measureMs);
    }),
  );
});
