import { expect, test } from 'vitest';
import type { RoundsTable } from '../page-data/rounds.ts';
import { inksOf } from './inks.ts';
import { roundsChart } from './rounds-chart.ts';

const inks = inksOf(false);
const table: RoundsTable = {
  rounds: 3,
  at: [
    [0.25, 1.75, 2.25],
    [0.75, 1.25, 2.75],
  ],
  places: [
    {
      cells: [
        { usual: 100, round: [0, 2], ms: [110, 90], first: [120, null], last: [100, null] },
        { round: [], ms: [], first: [], last: [] },
      ],
      lost: [{ round: 1, target: 1, reason: 'the target stalled' }],
    },
  ],
};
const [place] = table.places;
if (place === undefined) throw new Error('no place');
const chart = roundsChart({ targets: ['a', 'b'], chosen: 0, table, place }, inks);

test('a point a block, where it was measured, in per cent of the median of the run', () => {
  expect(chart.data.datasets[0]?.data).toEqual([
    { x: 0.25, y: expect.closeTo(10, 9) as number, says: 'round 1: 110 ms (+10.0 %)' },
    { x: 2.25, y: expect.closeTo(-10, 9) as number, says: 'round 3: 90.0 ms (−10.0 %)' },
  ]);
  expect(chart.data.datasets[1]?.data).toEqual([]);
});

test('a stroke goes from the first third to the last, where both are known', () => {
  const [from, to, gap, unknown] = chart.data.datasets[2]?.data ?? [];
  expect(from).toEqual({
    x: expect.closeTo(0.075, 9) as number,
    y: expect.closeTo(20, 9) as number,
  });
  expect(to).toEqual({ x: expect.closeTo(0.425, 9) as number, y: 0 });
  expect([gap?.y, unknown?.y]).toEqual([NaN, NaN]);
});

test('rounds stay apart, and what does not count is marked', () => {
  const bands = chart.options?.plugins?.annotation?.annotations as object[];
  expect(bands).toMatchObject([
    { type: 'box', xMin: 1, xMax: 2 },
    { type: 'box', xMin: 1, xMax: 2, label: { content: 'not used' } },
    { type: 'line', scaleID: 'y', value: 0 },
  ]);
});

test('one round is a chart too', () => {
  const single: RoundsTable = {
    rounds: 1,
    at: [[0.5]],
    places: [{ cells: [{ usual: 7, round: [0], ms: [7], first: [8], last: [7] }], lost: [] }],
  };
  const [here] = single.places;
  if (here === undefined) throw new Error('no place');
  const { data, options } = roundsChart(
    { targets: ['a'], chosen: 0, table: single, place: here },
    inks,
  );
  expect(data.datasets[0]?.data).toMatchObject([{ x: 0.5, y: 0 }]);
  expect(data.datasets[1]?.data).toHaveLength(3);
  expect(options?.scales?.['x']).toMatchObject({ min: 0, max: 1 });
});
