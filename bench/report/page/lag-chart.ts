import type { ChartConfiguration } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import type { LagData, LagRow } from '../page-data/lag.ts';
import type { Inks } from './inks.ts';
import { rowAxis, rowLines } from './row-axis.ts';

export interface LagPoint {
  readonly x: number;
  readonly y: number;
  readonly xMin?: number;
  readonly xMax?: number;
  /** For people. */
  readonly says: string;
}

/** Every reading of every replica as a dot, its median with an interval, and what the distance alone takes. */
export function lagChart(
  rows: LagData,
  inks: Inks,
): ChartConfiguration<'scatter' | 'scatterWithErrorBars', LagPoint[]> {
  const colour = inks.targets[2] ?? inks.text;
  return {
    type: 'scatterWithErrorBars',
    data: {
      datasets: [
        {
          type: 'scatterWithErrorBars' as const,
          label: 'median, 95 % interval',
          data: rows.flatMap(medianPoint),
          ...{ borderColor: inks.text, backgroundColor: inks.text, pointRadius: 5 },
          ...{ errorBarColor: inks.text, errorBarWhiskerColor: inks.text },
          ...{ errorBarLineWidth: 2, errorBarWhiskerLineWidth: 2, errorBarWhiskerSize: 12 },
        },
        {
          type: 'scatter' as const,
          label: 'one way at this distance',
          data: rows.flatMap(({ oneWay }, y) =>
            oneWay === undefined
              ? []
              : [{ x: oneWay, y, says: `the distance alone ${formatMillis(oneWay)} ms` }],
          ),
          ...{ pointStyle: 'line' as const, rotation: 90, radius: 16, hoverRadius: 16 },
          ...{ borderWidth: 2.5, borderColor: inks.budget, backgroundColor: inks.budget },
        },
        {
          type: 'scatter' as const,
          label: 'a commit',
          data: rows.flatMap(dots),
          ...{ borderColor: `${colour}00`, backgroundColor: `${colour}70`, pointRadius: 3 },
        },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: {
        x: {
          type: 'linear',
          min: 0,
          title: {
            display: true,
            text: 'until a commit shows at the replica, ms',
            color: inks.quiet,
          },
          ticks: { color: inks.quiet, maxRotation: 0 },
          grid: { color: inks.grid },
          border: { display: false },
        },
        y: rowAxis(
          rows.map(({ name }) => name),
          inks,
        ),
      },
      plugins: {
        legend: { align: 'start', labels: { color: inks.text, usePointStyle: true, boxHeight: 7 } },
        tooltip: { callbacks: { label: ({ raw }) => (raw as LagPoint).says } },
      },
    },
    plugins: [rowLines(rows.length, inks)],
  };
}

function medianPoint({ median, low, high }: LagRow, y: number): LagPoint[] {
  if (median === undefined) return [];
  if (low === undefined || high === undefined)
    return [{ x: median, y, says: `median ${formatMillis(median)} ms` }];
  const says = `median ${formatMillis(median)} ms (95 %: ${formatMillis(low)}–${formatMillis(high)})`;
  return [{ x: median, y, xMin: low, xMax: high, says }];
}

/** Spread over the row by the golden ratio, so that equal ones stay apart. */
const dots = ({ dots: all }: LagRow, row: number): LagPoint[] =>
  all.map((x, i) => ({
    x,
    y: row + 0.5 * ((i * 0.618) % 1) - 0.25,
    says: `${formatMillis(x)} ms`,
  }));
