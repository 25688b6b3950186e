import type { ChartConfiguration } from 'chart.js';
import type { EffectPoint, EffectsData } from '../page-data/effects.ts';
import { shapes, type Inks } from './inks.ts';
import { logTicks, type LogAxis } from './log-ticks.ts';
import { marker } from './marker.ts';
import { rowAxis, rowLines } from './row-axis.ts';

/** A ratio with its interval along the x axis, as the error-bar chart takes it. */
export interface TimesPoint {
  readonly x: number;
  readonly y: number;
  readonly xMin?: number;
  readonly xMax?: number;
  readonly verdict: string;
}

/** Region × candidate: its median as a multiple of the baseline's, with the interval; in the band nothing counts. */
export function effectsChart(
  data: EffectsData,
  baseline: string,
  inks: Inks,
): ChartConfiguration<'scatterWithErrorBars', TimesPoint[]> {
  const { candidates, places, points, counts } = data;
  return {
    type: 'scatterWithErrorBars',
    data: {
      datasets: candidates.map(({ name: label, target }, candidate) => ({
        label,
        data: points
          .filter((point) => point.candidate === candidate)
          .map((point) => timesPoint(point, candidates.length)),
        ...style(target, inks),
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: { x: timesAxis(points, baseline, inks), y: rowAxis(places, inks) },
      plugins: {
        annotation: {
          annotations: [
            band(counts, inks),
            marker('x', 1, 'equally fast', inks.quiet, inks.ground),
          ],
        },
        legend: { align: 'start', labels: { color: inks.text, usePointStyle: true, boxHeight: 7 } },
        tooltip: {
          callbacks: {
            label: ({ dataset, raw }) => `${dataset.label ?? ''}: ${describe(raw as TimesPoint)}`,
          },
        },
      },
    },
    plugins: [rowLines(places.length, inks)],
  };
}

function timesPoint(
  { place, candidate, times, low, high, verdict }: EffectPoint,
  of: number,
): TimesPoint {
  return {
    x: times,
    // Spread over the middle two thirds of the region's band.
    y: place + (0.66 * (candidate + 0.5)) / of - 0.33,
    ...(low === undefined || high === undefined ? {} : { xMin: low, xMax: high }),
    verdict,
  };
}

function style(target: number, { targets }: Inks) {
  const colour = targets[target % targets.length] ?? '#888888';
  return {
    borderColor: colour,
    backgroundColor: colour,
    pointStyle: shapes[target % shapes.length] ?? 'circle',
    pointRadius: 4.5,
    pointHoverRadius: 6,
    errorBarColor: colour,
    errorBarWhiskerColor: colour,
    errorBarLineWidth: 2,
    errorBarWhiskerLineWidth: 2,
    errorBarWhiskerSize: 10,
  };
}

function timesAxis(points: readonly EffectPoint[], baseline: string, { quiet, grid }: Inks) {
  const low = Math.min(0.9, ...points.map((p) => p.low ?? p.times)) / 1.1;
  const high = Math.max(1.1, ...points.map((p) => p.high ?? p.times)) * 1.1;
  return {
    type: 'logarithmic' as const,
    min: low,
    max: high,
    title: {
      display: true,
      text: ['median, times that of', `${baseline} (log scale)`],
      color: quiet,
    },
    afterBuildTicks: (axis: LogAxis) => {
      axis.ticks = logTicks(low, high, axis.maxWidth).map((value) => ({ value }));
    },
    ticks: {
      color: quiet,
      maxRotation: 0,
      callback: (value: string | number) => `${Number(value).toLocaleString('en')}×`,
    },
    grid: { color: grid },
    border: { display: false },
  };
}

/** Where a difference is too small to count. */
const band = (counts: number, { grid }: Inks) => ({
  type: 'box' as const,
  xMin: 1 / (1 + counts),
  xMax: 1 + counts,
  backgroundColor: grid,
  borderWidth: 0,
  drawTime: 'beforeDatasetsDraw' as const,
});

function describe({ x, xMin, xMax, verdict }: TimesPoint): string {
  const figure = (value: number) => `${value.toPrecision(3)}×`;
  const within =
    xMin === undefined || xMax === undefined ? '' : ` (95 %: ${figure(xMin)}–${figure(xMax)})`;
  return `${figure(x)}${within}, ${verdict.replace('-', ' ')}`;
}
