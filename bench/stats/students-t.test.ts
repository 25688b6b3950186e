import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { expect, test } from 'vitest';
import { studentsT } from './students-t.ts';

test('gives the quantiles of the tables, also when asked again', () => {
  for (let times = 0; times < 2; times++) {
    expect(studentsT(0.975, 9)).toBeCloseTo(2.262157, 6);
    expect(studentsT(0.975, 1)).toBeCloseTo(12.706205, 6);
    expect(studentsT(0.8, 9)).toBeCloseTo(0.883404, 6);
  }
});

test('keeps levels and degrees of freedom apart', () => {
  for (const p of [0.5, 0.9, 0.975, 0.999])
    for (const df of [1, 2.5, 9, 30]) expect(studentsT(p, df)).toBe(tQuantile(p, df));
});

test('what has no quantile has none, each time', () => {
  expect(studentsT(0.975, 0)).toBeNaN();
  expect(studentsT(0.975, 0)).toBeNaN();
  expect(studentsT(NaN, 3)).toBeNaN();
});
