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
