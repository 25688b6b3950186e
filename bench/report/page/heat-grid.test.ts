import { expect, test } from 'vitest';
import { gridStep } from './heat-grid.ts';

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 2, undefined],
  ['ArrowLeft', 3, undefined],
  ['ArrowLeft', 4, 3],
  ['ArrowDown', 1, 4],
  ['ArrowDown', 4, undefined],
  ['ArrowUp', 4, 1],
  ['ArrowUp', 1, undefined],
  ['Home', 5, 3],
  ['End', 3, 5],
  ['x', 0, undefined],
])('in two rows of three, %s leads from %d to %s', (key, from, to) => {
  expect(gridStep(key, from, 3, 6)).toBe(to);
});
