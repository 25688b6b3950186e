import { expect, test } from 'vitest';
import { hasSameOrder } from './published.ts';

const column = (...pairs: [number, number | undefined][]) =>
  pairs.map(([publishedMs, hereMs]) => ({ publishedMs, hereMs }));

test('an order is that of all pairs', () => {
  expect(hasSameOrder(column([168.7, 119], [258, 345], [50.4, 6.4]))).toBe(true);
  expect(hasSameOrder(column([168.7, 119], [258, 100], [50.4, 6.4]))).toBe(false);
});

test('what was not measured has no place in it', () => {
  expect(hasSameOrder(column([168.7, 119], [258, undefined], [50.4, 6.4]))).toBe(true);
  expect(hasSameOrder(column([168.7, 119], [258, undefined]))).toBeUndefined();
});
