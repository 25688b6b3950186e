import { expect, test } from 'vitest';
import { decades, logTicks } from './log-ticks.ts';

test('a log axis has round numbers only', () => {
  expect(decades(4, 300)).toEqual([5, 10, 20, 50, 100, 200]);
  expect(decades(0.4, 1)).toEqual([0.5, 1]);
  expect(logTicks(4, 300)).toEqual(decades(4, 300));
});

test('a short one has some too', () => {
  expect(logTicks(280, 330)).toEqual([280, 290, 300, 310, 320, 330]);
  expect(logTicks(6.1, 7)).toEqual([6.2, 6.4, 6.6, 6.8, 7]);
  expect(logTicks(4.8, 8.9)).toEqual([5, 6, 7, 8]);
});

test('a narrow one has as many as keep apart, powers of ten before others', () => {
  expect(logTicks(0.02, 3, 240)).toEqual([0.02, 0.1, 1]);
  expect(logTicks(0.02, 3, 380)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
  for (const width of [100, 200, 300, 500, 1000]) {
    const at = logTicks(3, 9000, width).map(
      (value) => (width * Math.log10(value / 3)) / Math.log10(3000),
    );
    for (const [i, x] of at.slice(1).entries()) expect(x - (at[i] ?? 0)).toBeGreaterThanOrEqual(40);
  }
});
