import { expect, test } from 'vitest';
import { isNarrow, looks } from './stopping.ts';

test('looks at 8, 10, 12 … 30 rounds', () => {
  expect(looks).toEqual([8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30]);
});

test('is narrow when both ends lie within the share of the centre', () => {
  expect(isNarrow({ centre: 100, interval: { low: 95, high: 105 } }, 0.05)).toBe(true);
  expect(isNarrow({ centre: 100, interval: { low: 94.9, high: 101 } }, 0.05)).toBe(false);
  expect(isNarrow({ centre: 100, interval: { low: 99, high: 105.1 } }, 0.05)).toBe(false);
});

test('is never narrow without an interval or with numbers that are none', () => {
  expect(isNarrow({ centre: 100 }, 0.05)).toBe(false);
  expect(isNarrow({ centre: 0, interval: { low: 0, high: 0 } }, 0.05)).toBe(false);
  expect(isNarrow({ centre: NaN, interval: { low: NaN, high: NaN } }, 0.05)).toBe(false);
  expect(isNarrow({ centre: 100, interval: { low: 99, high: 101 } }, NaN)).toBe(false);
});
