import { expect, test } from 'vitest';
import { inksOf } from './inks.ts';
import { shiftChart, shiftPoints, signed } from './shift-chart.ts';

const inks = inksOf(false);
const shift = {
  against: 0,
  ms: [10, 11, 12],
  low: [9, 10, 11],
  high: [11, 12, 13],
};

test('a point a decile with its interval, in the colour of the chosen target', () => {
  const chart = shiftChart({ targets: ['a', 'b'], chosen: 1, shift }, inks);
  expect(chart.data.datasets).toMatchObject([
    {
      label: 'b',
      errorBarColor: inks.targets[1],
      data: [
        { x: 10, y: 10, yMin: 9, yMax: 11 },
        { x: 20, y: 11, yMin: 10, yMax: 12 },
        { x: 30, y: 12, yMin: 11, yMax: 13 },
      ],
    },
  ]);
  expect(chart.options?.plugins?.annotation?.annotations).toMatchObject([
    { scaleID: 'y', value: 0, label: { content: 'as fast as a' } },
  ]);
  expect(chart.options?.scales?.['y']).toMatchObject({ beginAtZero: true });
});

test('one round has points without intervals', () => {
  expect(shiftPoints({ against: 0, ms: [3] })).toEqual([{ x: 10, y: 3 }]);
});

test('differences carry their sign', () => {
  expect([signed(12.34), signed(-0.456)]).toEqual(['+12.3', '−0.46']);
});
