import { expect, test } from 'vitest';
import type { HistoryData } from '../page-data/history.ts';
import { historyChart } from './history-chart.ts';
import { inksOf } from './inks.ts';

const inks = inksOf(true);
const history: HistoryData = {
  runs: ['11-01 02:17', '11-02 02:17', '11-03 02:17'],
  scenarios: ['search', 'search'],
  cells: [
    {
      ...{ scenario: 'search', place: 1, target: 0, band: [4, 6], changes: [2] },
      points: [[5, 4.5, 5.5], null, [5.2]],
    },
  ],
};
const input = { targets: ['a', 'b'], history, table: 1, place: 1, target: 0 };

test('a run that lacks the cell has no dot; an interval is shown where there is one', () => {
  expect(historyChart(input, inks)?.data.datasets.map(({ data }) => data)).toEqual([
    [
      { x: 0, y: 5, yMin: 4.5, yMax: 5.5 },
      { x: 2, y: 5.2 },
    ],
  ]);
});

test('the band lies around the newest run, a shift before its first', () => {
  const plugins = historyChart(input, inks)?.options?.plugins;
  expect(plugins?.annotation?.annotations).toMatchObject([
    { type: 'box', xMin: 1.6, xMax: 2.4, yMin: 4, yMax: 6 },
    { type: 'line', value: 1.5 },
  ]);
});

test('the axis holds the band and every dot', () => {
  const axis = historyChart(input, inks)?.options?.scales?.['y'] as { min: number; max: number };
  expect(axis.min).toBeLessThan(4);
  expect(axis.max).toBeGreaterThan(6);
});

test('there is no chart of a cell without a history', () => {
  expect(historyChart({ ...input, target: 1 }, inks)).toBeUndefined();
});
