import { expect, test } from 'vitest';
import { closest, compareClocks, correctionMs, type ClockAnswer } from './clock.ts';

const at = 1_795_265_140_000;

/** An answer of a clock that is `aheadMs` ahead, after so long there and back. */
function answer(aheadMs: number, there: number, back: number, spentMs = 0): ClockAnswer {
  return {
    askedAt: at,
    heardAt: at + there + spentMs + back,
    toldMs: Math.floor(at + there + spentMs + aheadMs),
    resolutionMs: 1,
    spentMs,
  };
}

test.each([
  ['as long there as back', 250, [answer(250, 75, 75)]],
  ['a slow way back', 250, [answer(250, 60, 900), answer(250, 70, 90)]],
  ['a slow way there', 250, [answer(250, 60, 100), answer(250, 900, 20)]],
  ['a clock behind ours', -4000.5, [answer(-4000.5, 3, 40)]],
  ['a clock that makes one wait for a full second', 3, [answer(3, 75, 80, 940)]],
])('the true offset is within the uncertainty: %s', (_, trueMs, answers) => {
  const { offsetMs, uncertaintyMs } = closest(answers);
  expect(Math.abs(offsetMs - trueMs)).toBeLessThanOrEqual(uncertaintyMs);
  expect(uncertaintyMs).toBeLessThanOrEqual(82);
});

test('a difference that may be an error of measuring is none', () => {
  expect(correctionMs({ offsetMs: 40, uncertaintyMs: 75 })).toBe(0);
  expect(correctionMs({ offsetMs: -75.2, uncertaintyMs: 75 })).toBe(-75);
});

test('the clock is asked a few times', async () => {
  let asked = 0;
  const offset = await compareClocks(
    () => Promise.resolve(`${Date.now() + 90_000 * ++asked} 1 0\n`),
    1,
  );
  expect(asked).toBe(4);
  expect(offset.offsetMs).toBeGreaterThan(89_000);
});

test('a machine that tells no time is an error', async () => {
  await expect(compareClocks(() => Promise.resolve('sh: date: not found'), 1)).rejects.toThrow(
    'told no time',
  );
});
