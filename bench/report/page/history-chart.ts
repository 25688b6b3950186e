import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { ChartConfiguration } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import type { HistoryData, HistoryLine } from '../page-data/history.ts';
import type { Inks } from './inks.ts';
import { lineStyle } from './line-style.ts';
import { msAxis } from './ms-axis.ts';

/** A run's median with its interval along the y axis, as the error-bar chart takes it. */
export interface RunPoint {
  readonly x: number;
  readonly y: number;
  readonly yMin?: number;
  readonly yMax?: number;
}

/** The history, and the chosen cell. */
export interface HistoryInput {
  readonly targets: readonly string[];
  readonly history: HistoryData;
  readonly table: number;
  readonly place: number;
  readonly target: number;
}

/** The medians of the chosen cell, run by run, with the band in which the newest was expected, and the shifts. */
export function historyChart(
  { targets, history: { runs, cells, scenarios }, ...view }: HistoryInput,
  inks: Inks,
): ChartConfiguration<'scatterWithErrorBars', RunPoint[]> | undefined {
  const line = cells.find(
    ({ scenario, place, target }) =>
      scenario === scenarios[view.table] && place === view.place && target === view.target,
  );
  if (line === undefined) return undefined;
  return {
    type: 'scatterWithErrorBars',
    data: {
      datasets: [
        {
          label: targets[line.target] ?? '',
          data: runPoints(line),
          showLine: true,
          ...style(line.target, inks),
        },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: { x: runAxis(runs, inks), y: msAxis(range(line), inks) },
      plugins: {
        annotation: { annotations: marks(line, runs.length, inks) },
        legend: { align: 'start', labels: { color: inks.text, usePointStyle: true, boxHeight: 7 } },
        tooltip: {
          callbacks: {
            title: ([item]) => runs[item?.parsed.x ?? -1] ?? '',
            label: ({ dataset, raw }) => `${dataset.label ?? ''}: ${describe(raw as RunPoint)}`,
          },
        },
      },
    },
  };
}

function runPoints({ points }: HistoryLine): RunPoint[] {
  return points.flatMap((point, x) => {
    if (point === null) return [];
    const [y, yMin, yMax] = point;
    return [{ x, y, ...(yMin === undefined || yMax === undefined ? {} : { yMin, yMax }) }];
  });
}

function style(target: number, inks: Inks) {
  const line = lineStyle(target, NaN, inks);
  return {
    ...line,
    pointRadius: 3.5,
    errorBarColor: line.borderColor,
    errorBarWhiskerColor: line.borderColor,
    errorBarLineWidth: 1.5,
    errorBarWhiskerLineWidth: 1.5,
    errorBarWhiskerSize: 6,
  };
}

function runAxis(runs: readonly string[], { quiet }: Inks) {
  return {
    type: 'linear' as const,
    min: -0.5,
    max: runs.length - 0.5,
    title: { display: true, text: 'run, by its start (UTC)', color: quiet },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = runs.map((_, value) => ({ value }));
    },
    ticks: {
      color: quiet,
      maxRotation: 0,
      autoSkipPadding: 16,
      callback: (value: string | number) => runs[Number(value)] ?? '',
    },
    grid: { display: false },
    border: { display: false },
  };
}

function range({ points, band }: HistoryLine) {
  const values = [
    ...(band ?? []),
    ...points.flatMap((point) => point ?? []).flatMap((ms) => ms ?? []),
  ];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const type = 'logarithmic' as const;
  // Never so short that noise looks large.
  return Number.isFinite(low)
    ? { type, min: low / 1.2, max: high * 1.2 }
    : { type, min: 1, max: 10 };
}

function marks(
  { band, changes }: HistoryLine,
  runs: number,
  { quiet, grid, text }: Inks,
): AnnotationOptions[] {
  const expected: AnnotationOptions[] =
    band === undefined
      ? []
      : [
          {
            type: 'box',
            ...{ xMin: runs - 1.4, xMax: runs - 0.6, yMin: band[0], yMax: band[1] },
            ...{ backgroundColor: grid, borderColor: quiet, borderWidth: 1 },
            drawTime: 'beforeDatasetsDraw',
          },
        ];
  const shifts = changes.map((run): AnnotationOptions => ({
    type: 'line',
    ...{ scaleID: 'x', value: run - 0.5, borderColor: text, borderWidth: 1, borderDash: [3, 3] },
    label: {
      ...{ display: true, content: 'shift', position: 'start', color: text },
      ...{ backgroundColor: 'transparent', font: { size: 12, weight: 'normal' }, padding: 2 },
    },
    drawTime: 'beforeDatasetsDraw',
  }));
  return [...expected, ...shifts];
}

function describe({ y, yMin, yMax }: RunPoint): string {
  const within =
    yMin === undefined || yMax === undefined
      ? ''
      : ` (95 %: ${formatMillis(yMin)}–${formatMillis(yMax)})`;
  return `${formatMillis(y)} ms${within}`;
}
