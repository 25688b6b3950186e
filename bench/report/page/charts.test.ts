import { expect, test } from 'vitest';
import { calibrationChart } from './calibration-chart.ts';
import { inksOf } from './inks.ts';

const inks = inksOf(false);

test('calibration is drawn around zero, with what was not measured left out', () => {
  const link = { n: 1, p50Ms: 101, p99Ms: 102, openMs: 202, errorMs: 1 };
  const chart = calibrationChart([{ from: 'cdg', to: 'ord', wantedMs: 100, before: link }], inks);
  expect(chart.data.datasets.map(({ data }) => data)).toEqual([[{ x: 1, y: 0 }], []]);
  expect(chart.options?.scales?.['x']).toMatchObject({ min: -2, max: 2 });
  expect(chart.options?.plugins?.annotation?.annotations).toMatchObject([
    { scaleID: 'x', value: 0, label: { content: 'as wanted' } },
  ]);
});

test('every target has a colour of its own in both schemes', () => {
  for (const dark of [true, false])
    expect(new Set(inksOf(dark).targets).size).toBe(inksOf(dark).targets.length);
});
