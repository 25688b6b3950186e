import { expect, test } from 'vitest';
import { thirds } from './thirds.ts';

test('a block that settles is slower in its first third', () => {
  const values = [...Array<number>(5).fill(9), ...Array<number>(6).fill(7), ...[5, 5, 4, 5, 6]];
  expect(thirds(values)).toEqual({ median: 7, first: 9, last: 5 });
});

test('thirds of fewer than five values say nothing', () => {
  expect(thirds([3, 1, 2])).toEqual({ median: 2 });
  expect(() => thirds([])).toThrow(RangeError);
});
