import { expect, test } from 'vitest';
import { ecdfChart, tailChart, type EcdfInput } from './ecdf-chart.ts';
import { inksOf } from './inks.ts';

const inks = inksOf(true);
const input: EcdfInput = {
  targets: ['a', 'b', 'c'],
  cells: [
    { n: 4, ms: [10, 20, 30, 40], ranks: [1, 2, 3, 4] },
    null,
    { n: 1000, ms: [50, 80, 90, 400, 500], ranks: [1, 500, 901, 999, 1000] },
  ],
  chosen: 2,
  budgetMs: 100,
};
const y = (chart: ReturnType<typeof ecdfChart>) =>
  chart.options?.scales?.['y'] as { min: number; max: number; type: string };

test('a line a measured target, from nothing to all', () => {
  const { datasets } = ecdfChart(input, inks).data;
  expect(datasets.map(({ label }) => label)).toEqual(['a', 'c']);
  expect(datasets[0]?.data).toEqual([
    ...[
      { x: 10, y: 0 },
      { x: 10, y: 25 },
      { x: 20, y: 50 },
    ],
    ...[
      { x: 30, y: 75 },
      { x: 40, y: 100 },
    ],
  ]);
  expect(y(ecdfChart(input, inks))).toMatchObject({ type: 'linear', min: 0, max: 100 });
});

test('keeps the colour of a target whose neighbour is missing; the chosen one is wide and on top', () => {
  const { datasets } = ecdfChart(input, inks).data;
  expect(datasets[1]).toMatchObject({ borderColor: inks.targets[2], borderWidth: 3, order: 0 });
  expect(datasets[0]).toMatchObject({ borderColor: inks.targets[0], borderWidth: 1.5, order: 1 });
});

test('the tail goes from the slowest tenth to one request', () => {
  const chart = tailChart(input, inks);
  expect(chart.data.datasets[1]?.data).toEqual([
    { x: 80, y: 50.1 },
    { x: 90, y: 10 },
    { x: 400, y: 0.2 },
    { x: 500, y: 0.1 },
  ]);
  expect(y(chart)).toMatchObject({ type: 'logarithmic', min: 0.1, max: 10 });
});

test('the tail of a few requests is all of them', () => {
  const chart = tailChart({ ...input, cells: [input.cells[0] ?? null] }, inks);
  expect(chart.data.datasets[0]?.data.map(({ y: share }) => share)).toEqual([100, 75, 50, 25]);
  expect(y(chart)).toMatchObject({ min: 10, max: 100 });
});

test('the goal is shown where it lies among the requests', () => {
  const lines = (budgetMs: number) =>
    ecdfChart({ ...input, budgetMs }, inks).options?.plugins?.annotation?.annotations;
  expect(lines(100)).toMatchObject([{ value: 100 }]);
  expect(lines(5000)).toEqual([]);
});
