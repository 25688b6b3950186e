import { expect, test } from 'vitest';
import type { PageData } from '../page-data.ts';
import { calibrationChart } from './calibration-chart.ts';
import { inksOf } from './inks.ts';
import { decades, latencyChart } from './latency-chart.ts';

const inks = inksOf(false);
const latency = {
  places: ['cdg', 'scl (missing)'],
  points: [
    { place: 0, target: 0, p50: 5, low: 4, high: 6, p95: 9 },
    { place: 0, target: 1, p50: 200 },
  ],
};
const data: PageData = { budgetMs: 100, targets: ['a', 'b'], latency: {}, calibration: [] };

test('a target is a data set; its points keep apart within their region', () => {
  const { datasets } = latencyChart(data, latency, 'logarithmic', inks).data;
  expect(datasets.map(({ label }) => label)).toEqual(['a', 'b']);
  expect(datasets[0]?.data).toEqual([{ x: 5, y: -0.165, low: 4, high: 6, far: 9 }]);
  expect(datasets[1]?.data).toEqual([{ x: 200, y: expect.closeTo(0.165, 10) as number }]);
  expect(datasets[0]?.pointStyle).not.toBe(datasets[1]?.pointStyle);
});

test('the scale holds every value and the budget; a linear one begins at zero', () => {
  const axis = (type: 'linear' | 'logarithmic') =>
    latencyChart(data, latency, type, inks).options?.scales?.['x'] as { min: number; max: number };
  expect(axis('logarithmic').min).toBeLessThan(4);
  expect(axis('logarithmic').max).toBeGreaterThan(200);
  expect(axis('linear').min).toBe(0);
});

test('a log axis has round numbers only', () => {
  expect(decades(4, 300)).toEqual([5, 10, 20, 50, 100, 200]);
  expect(decades(0.4, 1)).toEqual([0.5, 1]);
});

test('calibration is drawn around zero, with what was not measured left out', () => {
  const link = { n: 1, p50Ms: 101, p99Ms: 102, openMs: 202, errorMs: 1 };
  const chart = calibrationChart([{ from: 'cdg', to: 'ord', wantedMs: 100, before: link }], inks);
  expect(chart.data.datasets.map(({ data }) => data)).toEqual([[{ x: 1, y: 0 }], []]);
  expect(chart.options?.scales?.['x']).toMatchObject({ min: -2, max: 2 });
});

test('every target has a colour of its own in both schemes', () => {
  for (const dark of [true, false])
    expect(new Set(inksOf(dark).targets).size).toBe(inksOf(dark).targets.length);
});
