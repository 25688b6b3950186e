import { describe, expect, test } from 'vitest';
import type { CausesTable } from '../page-data/causes.ts';
import { causesChart, type CausePoint } from './causes-chart.ts';
import { inksOf } from './inks.ts';
import { lagChart } from './lag-chart.ts';

const inks = inksOf(false);

const table: CausesTable = {
  places: ['cdg', 'syd', 'scl (missing)'],
  regionByRegion: false,
  causes: [
    { cause: 'network', name: 'network' },
    { cause: 'app', name: 'app' },
  ],
  rows: [
    { place: 0, target: 0, p50: 6, low: 5, high: 7, ms: [0, 4], unexplained: 2, floor: 0 },
    {
      place: 1,
      target: 0,
      p50: 290,
      low: 283,
      high: 297,
      ms: [280, 4],
      unexplained: 6,
      floor: 170,
    },
    { place: 1, target: 1, p50: 7, ms: [0, 5], unexplained: 2 },
  ],
};
const input = {
  targets: ['single-region', 'b'.repeat(40)],
  budgetMs: 100,
  table,
  chosen: 1,
  enlarged: false,
};

describe('bars of causes', () => {
  const chart = causesChart(input, inks);
  const sets = Object.fromEntries(chart.data.datasets.map(({ label = '', data }) => [label, data]));

  test('a line for each region’s name, and below it for each of its cells', () => {
    expect(Object.keys(sets)).toEqual([
      ...['network', 'app', 'unexplained', 'light in fibre', 'median, 95 % interval'],
    ]);
    const at = (label: string) => sets[label]?.map(({ x, y }) => [x, y]);
    expect(at('network')).toEqual([
      [0, 1],
      [280, 3],
      [0, 4],
    ]);
    expect(at('unexplained')).toEqual([
      [2, 1],
      [6, 3],
      [2, 4],
    ]);
  });

  test('the floor is a mark where there is one, and the whole has its interval', () => {
    expect(sets['light in fibre']).toMatchObject([{ x: 170, y: 3 }]);
    expect(sets['median, 95 % interval']).toMatchObject([
      { x: 6, xMin: 5, xMax: 7 },
      { x: 290, xMin: 283, xMax: 297, says: 'median 290 ms (95 %: 283–297)' },
      { x: 7, says: 'median 7.00 ms' },
    ]);
  });

  test('the axis begins at 0, and a missing region keeps its line', () => {
    const { x, y } = chart.options?.scales ?? {};
    expect(x).toMatchObject({ type: 'linear', min: 0 });
    expect(y).toMatchObject({ max: 5.5 });
    const { callback } = y?.ticks as { callback: (value: number) => string };
    expect([0, 1, 2, 3, 4, 5].map((line) => callback(line))).toEqual([
      ...['cdg', 'single-region', 'syd', 'single-region', `${'b'.repeat(22)}…`, 'scl (missing)'],
    ]);
  });

  test('enlarged, the axis ends with the cells within the goal', () => {
    const { options } = causesChart({ ...input, enlarged: true }, inks);
    expect(options?.scales?.['x']).toMatchObject({ min: 0, max: 8 });
  });

  test('too many bars are shown region by region', () => {
    const one = causesChart({ ...input, table: { ...table, regionByRegion: true } }, inks);
    expect((one.data.datasets[0]?.data as CausePoint[]).map(({ x }) => x)).toEqual([280, 0]);
  });
});

test('replication lag: every commit a dot, the median with its interval, the distance a mark', () => {
  const rows = [
    { name: 'syd', dots: [150, 141], median: 145, low: 141, high: 150, oneWay: 140 },
    { name: 'ord', dots: [] },
  ];
  const { data, options } = lagChart(rows, inks);
  const [medians, distances, dots] = data.datasets.map((set) => set.data);
  expect(medians).toMatchObject([{ x: 145, y: 0, xMin: 141, xMax: 150 }]);
  expect(distances).toMatchObject([{ x: 140, y: 0 }]);
  expect(dots?.map(({ x }) => x)).toEqual([150, 141]);
  expect(dots?.every(({ y }) => Math.abs(y) <= 0.25)).toBe(true);
  expect(options?.scales?.['x']).toMatchObject({ min: 0 });
});
