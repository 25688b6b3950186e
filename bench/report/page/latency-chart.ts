import type { ChartConfiguration } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import type { LatencyData, LatencyPoint, PageData } from '../page-data.ts';
import { shapes, type Inks } from './inks.ts';
import { markerLine } from './marker-line.ts';
import { rowAxis, rowLines } from './row-axis.ts';
import { whiskers, type WhiskerPoint } from './whiskers.ts';

export type ScaleType = 'logarithmic' | 'linear';

/** Pixels that a chart needs for its rows, axis and legend. */
export function chartHeight(rows: number, linesPerRow: number): number {
  return 100 + rows * Math.min(84, Math.max(30, 10 + 17 * linesPerRow));
}

/** Region × target: the median as a dot with its interval and the 95th percentile, a line a target within each region. */
export function latencyChart(
  { targets, budgetMs }: PageData,
  { places, points }: LatencyData,
  scale: ScaleType,
  inks: Inks,
): ChartConfiguration<'scatter', WhiskerPoint[]> {
  return {
    type: 'scatter',
    data: {
      datasets: targets.map((label, target) => ({
        label,
        data: points
          .filter((point) => point.target === target)
          .map((point) => whiskerPoint(point, targets.length)),
        ...pointStyle(target, inks),
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: { x: msAxis(scale, points, budgetMs, inks), y: rowAxis(places, inks) },
      plugins: {
        legend: { align: 'start', labels: { color: inks.text, usePointStyle: true, boxHeight: 7 } },
        tooltip: {
          callbacks: {
            label: ({ dataset, raw }) => `${dataset.label ?? ''}: ${describe(raw as WhiskerPoint)}`,
          },
        },
      },
    },
    plugins: [
      rowLines(places.length, inks),
      whiskers,
      markerLine(budgetMs, `goal ${formatMillis(budgetMs)} ms`, inks.budget),
    ],
  };
}

function whiskerPoint(
  { place, target, p50, low, high, p95 }: LatencyPoint,
  of: number,
): WhiskerPoint {
  return {
    x: p50,
    // Spread over the middle two thirds of the region's band.
    y: place + (0.66 * (target + 0.5)) / of - 0.33,
    ...(low === undefined || high === undefined ? {} : { low, high }),
    ...(p95 === undefined ? {} : { far: p95 }),
  };
}

function pointStyle(target: number, { targets }: Inks) {
  const colour = targets[target % targets.length] ?? '#888';
  return {
    borderColor: colour,
    backgroundColor: colour,
    pointStyle: shapes[target % shapes.length] ?? 'circle',
    pointRadius: 4.5,
    pointHoverRadius: 6,
  };
}

function msAxis(
  type: ScaleType,
  points: readonly LatencyPoint[],
  budgetMs: number,
  { quiet, grid }: Inks,
) {
  const low = Math.min(budgetMs, ...points.map((p) => p.low ?? p.p50));
  const high = Math.max(budgetMs, ...points.map((p) => Math.max(p.p95 ?? 0, p.high ?? p.p50)));
  const min = type === 'linear' ? 0 : low / 1.3;
  const max = type === 'linear' ? high * 1.05 : high * 1.3;
  return {
    type,
    min,
    max,
    title: { display: true, text: `time to first byte, ms (${type} scale)`, color: quiet },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      if (type === 'logarithmic') axis.ticks = decades(min, max).map((value) => ({ value }));
    },
    ticks: {
      color: quiet,
      maxRotation: 0,
      callback: (value: string | number) => Number(value).toLocaleString('en'),
    },
    grid: { color: grid },
    border: { display: false },
  };
}

/** 1, 2 and 5 times the powers of ten between the two, from which a reader can estimate the rest. */
export function decades(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(min));
  const last = Math.ceil(Math.log10(max));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i))
    .flatMap((power) => [power, 2 * power, 5 * power])
    .filter((value) => value >= min && value <= max);
}

function describe({ x, low, high, far }: WhiskerPoint): string {
  const interval =
    low === undefined || high === undefined
      ? ''
      : ` (95 %: ${formatMillis(low)}–${formatMillis(high)})`;
  const tail = far === undefined ? '' : `, p95 ${formatMillis(far)} ms`;
  return `p50 ${formatMillis(x)} ms${interval}${tail}`;
}
