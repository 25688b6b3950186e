import type { ChartConfiguration } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import type { PageData } from '../page-data.ts';
import type { LatencyData, LatencyPoint } from '../page-data/latency.ts';
import { shapes, type Inks } from './inks.ts';
import { lowerBounds } from './lower-bounds.ts';
import { marker } from './marker.ts';
import { msAxis, type ScaleType } from './ms-axis.ts';
import { rowAxis, rowLines } from './row-axis.ts';

/** A point with its interval along the x axis, as the error-bar chart takes it. */
export interface QuantilePoint {
  readonly x: number;
  readonly y: number;
  readonly xMin?: number;
  readonly xMax?: number;
  readonly of: LatencyPoint;
}

/** Pixels that a chart needs for its rows, axis and legend. */
export function chartHeight(rows: number, linesPerRow: number): number {
  return 100 + rows * Math.min(110, Math.max(30, 10 + 17 * linesPerRow));
}

/** Region × target: p50, p95 and p99 with their intervals, a line a target within each region. */
export function latencyChart(
  { targets, budgetMs }: PageData,
  { places, points }: LatencyData,
  scale: ScaleType,
  inks: Inks,
): ChartConfiguration<'scatterWithErrorBars', QuantilePoint[]> {
  return {
    type: 'scatterWithErrorBars',
    data: {
      datasets: targets.map((label, target) => {
        const own = points.filter((point) => point.target === target);
        return {
          label,
          data: own.map((point) => quantilePoint(point, targets.length)),
          ...pointStyles(own, target, inks),
        };
      }),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: { x: msAxis(range(scale, points, budgetMs), inks), y: rowAxis(places, inks) },
      plugins: {
        annotation: {
          annotations: [
            marker('x', budgetMs, `goal ${formatMillis(budgetMs)} ms`, inks.budget, inks.ground),
          ],
        },
        legend: { align: 'start', labels: { color: inks.text, usePointStyle: true, boxHeight: 7 } },
        tooltip: {
          callbacks: {
            label: ({ dataset, raw }) =>
              `${dataset.label ?? ''}: ${describe((raw as QuantilePoint).of)}`,
          },
        },
      },
    },
    plugins: [rowLines(places.length, inks), lowerBounds(inks)],
  };
}

function quantilePoint(point: LatencyPoint, targets: number): QuantilePoint {
  const { place, target, ms, low, high } = point;
  return {
    x: ms,
    // Spread over the middle two thirds of the region's band.
    y: place + (0.66 * (target + 0.5)) / targets - 0.33,
    ...(low === undefined || high === undefined ? {} : { xMin: low, xMax: high }),
    of: point,
  };
}

/** The farther out, the smaller and thinner; filled is the median. */
const sizes = {
  p50: { radius: 4.5, line: 2.5, whisker: 10 },
  p95: { radius: 3.5, line: 1.5, whisker: 8 },
  p99: { radius: 2.5, line: 1, whisker: 6 },
} as const;

function pointStyles(points: readonly LatencyPoint[], target: number, inks: Inks) {
  const colour = inks.targets[target % inks.targets.length] ?? '#888888';
  const colours = points.map(({ indicative }) => (indicative === true ? `${colour}90` : colour));
  const of = <K extends 'radius' | 'line' | 'whisker'>(key: K) =>
    points.map(({ quantile }) => sizes[quantile][key]);
  return {
    borderColor: colours,
    // The legend takes the first point's, a median's.
    backgroundColor: points.map(({ quantile }) => (quantile === 'p50' ? colour : inks.ground)),
    pointStyle: shapes[target % shapes.length] ?? 'circle',
    pointRadius: of('radius'),
    pointHoverRadius: 6,
    borderWidth: 1.5,
    errorBarColor: colours,
    errorBarWhiskerColor: colours,
    errorBarLineWidth: of('line'),
    errorBarWhiskerLineWidth: of('line'),
    errorBarWhiskerSize: of('whisker'),
  };
}

function range(type: ScaleType, points: readonly LatencyPoint[], budgetMs: number) {
  const low = Math.min(budgetMs, ...points.map((p) => p.low ?? p.ms));
  const high = Math.max(budgetMs, ...points.map((p) => p.high ?? p.ms));
  return {
    type,
    min: type === 'linear' ? 0 : low / 1.3,
    // Room for the arrow of a lower bound at the very end.
    max: type === 'linear' ? high * 1.05 : high * 1.3,
  };
}

function describe({ quantile, ms, low, high, indicative, atLeast }: LatencyPoint): string {
  if (atLeast === true) return `${quantile} at least ${formatMillis(ms)} ms: requests were cut`;
  const interval =
    low === undefined || high === undefined
      ? ''
      : ` (95 %: ${formatMillis(low)}–${formatMillis(high)})`;
  return `${quantile} ${formatMillis(ms)} ms${interval}${indicative === true ? ', indicative' : ''}`;
}
