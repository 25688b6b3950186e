import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { changePoints } from './change-points.ts';

/** Levels with noise of ±1 around them. */
function history(levels: readonly number[], seed = 1): number[] {
  const random = seededRandom(seed);
  return levels.map((level) => level + 2 * random.float() - 1);
}

const stretch = (length: number, level: number) => Array.from({ length }, () => level);

test('finds one shift where it is', () => {
  const [change, ...others] = changePoints(history([...stretch(15, 10), ...stretch(10, 13)]));
  expect(change?.index).toBe(15);
  expect(change?.p).toBeLessThan(0.05);
  expect(others).toEqual([]);
});

test('finds two shifts, in order of position', () => {
  const values = history([...stretch(12, 10), ...stretch(12, 16), ...stretch(12, 12)]);
  expect(changePoints(values).map(({ index }) => index)).toEqual([12, 24]);
});

test('a single outlier is no shift', () => {
  const values = history([...stretch(12, 10), 40, ...stretch(12, 10)]);
  expect(changePoints(values)).toEqual([]);
});

test('calls a shift in at most one of ten histories without one', () => {
  const called = Array.from({ length: 100 }, (_, seed) =>
    changePoints(history(stretch(20, 10), seed + 2)),
  ).filter((changes) => changes.length > 0);
  expect(called.length).toBeLessThanOrEqual(10);
});

test('scaling and shifting the values changes nothing', () => {
  const values = history([...stretch(10, 10), ...stretch(10, 13)]);
  expect(changePoints(values.map((value) => 4 * value + 8))).toEqual(changePoints(values));
});

test('finds nothing in too few, equal or impossible values', () => {
  for (const values of [
    [],
    [1],
    [1, 9, 1, 9, 9],
    stretch(30, 7),
    [...history(stretch(20, 1)), NaN],
  ])
    expect(changePoints(values)).toEqual([]);
});
