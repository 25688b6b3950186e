import { expect, test } from 'vitest';
import type { PageData } from '../page-data.ts';
import type { LatencyData } from '../page-data/latency.ts';
import { inksOf } from './inks.ts';
import { chartHeight, latencyChart } from './latency-chart.ts';

const inks = inksOf(false);
const latency: LatencyData = {
  places: ['cdg', 'scl (missing)'],
  points: [
    { place: 0, target: 0, quantile: 'p50', ms: 5, low: 4, high: 6 },
    { place: 0, target: 0, quantile: 'p95', ms: 9 },
    { place: 0, target: 0, quantile: 'p99', ms: 12, low: 10, high: 20, indicative: true },
    { place: 0, target: 1, quantile: 'p50', ms: 200 },
  ],
};
const data: PageData = { budgetMs: 100, targets: ['a', 'b'], latency: {}, calibration: [] };
const chart = latencyChart(data, latency, 'logarithmic', inks);

test('a target is a data set; its points keep apart within their region', () => {
  const { datasets } = chart.data;
  expect(datasets.map(({ label }) => label)).toEqual(['a', 'b']);
  expect(datasets[0]?.data).toMatchObject([
    { x: 5, y: -0.165, xMin: 4, xMax: 6 },
    { x: 9, y: -0.165 },
    { x: 12, y: -0.165, xMin: 10, xMax: 20 },
  ]);
  expect(datasets[0]?.data[1]).not.toHaveProperty('xMin');
  expect(datasets[1]?.data).toMatchObject([{ x: 200, y: expect.closeTo(0.165, 10) as number }]);
  expect(datasets[0]?.pointStyle).not.toBe(datasets[1]?.pointStyle);
});

test('the median is filled, and a p99 from few samples is pale', () => {
  const [a] = chart.data.datasets;
  expect(a?.backgroundColor).toEqual([inks.targets[0], inks.ground, inks.ground]);
  expect(a?.errorBarColor).toEqual([inks.targets[0], inks.targets[0], `${inks.targets[0]}90`]);
});

test('the scale holds every interval and the budget; a linear one begins at zero', () => {
  const axis = (type: 'linear' | 'logarithmic') =>
    latencyChart(data, latency, type, inks).options?.scales?.['x'] as { min: number; max: number };
  expect(axis('logarithmic').min).toBeLessThan(4);
  expect(axis('logarithmic').max).toBeGreaterThan(200);
  expect(axis('linear').min).toBe(0);
});

test('the budget is a line with a word', () => {
  expect(chart.options?.plugins?.annotation?.annotations).toMatchObject([
    { scaleID: 'x', value: 100, label: { content: 'goal 100 ms' } },
  ]);
});

test('every row has room for its targets', () => {
  expect(chartHeight(4, 3)).toBe(344);
  expect(chartHeight(18, 7)).toBe(2080);
});
