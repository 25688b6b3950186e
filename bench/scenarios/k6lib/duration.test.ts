import { expect, test } from 'vitest';
import { durationMs } from './duration.ts';

test.each([
  [1500, 1500],
  [0, 0],
  ['30s', 30_000],
  ['1m30s', 90_000],
  ['250ms', 250],
  ['1.5h', 5_400_000],
  ['2000', 2000],
  ['soon', undefined],
  ['5s later', undefined],
  [-1, undefined],
  [NaN, undefined],
  [undefined, undefined],
])('%j lasts %j ms', (duration, ms) => {
  expect(durationMs(duration)).toBe(ms);
});
