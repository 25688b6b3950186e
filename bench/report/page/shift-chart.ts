import type { ChartConfiguration } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import type { ShiftData } from '../page-data/distribution.ts';
import type { Inks } from './inks.ts';
import { lineStyle } from './line-style.ts';
import { marker } from './marker.ts';

export interface ShiftInput {
  readonly targets: readonly string[];
  readonly chosen: number;
  readonly shift: ShiftData;
}

export interface ShiftPoint {
  /** Per cent of the requests, from the fastest. */
  readonly x: number;
  /** Milliseconds slower than the other target. */
  readonly y: number;
  readonly yMin?: number;
  readonly yMax?: number;
}

/** How much slower the chosen target is than another, from its fast requests to its slow ones. */
export function shiftChart(
  { targets, chosen, shift }: ShiftInput,
  inks: Inks,
): ChartConfiguration<'scatterWithErrorBars', ShiftPoint[]> {
  const other = targets[shift.against] ?? '';
  const style = lineStyle(chosen, chosen, inks);
  return {
    type: 'scatterWithErrorBars',
    data: {
      datasets: [
        {
          label: targets[chosen] ?? '',
          data: shiftPoints(shift),
          ...style,
          ...{ showLine: true, borderDash: [], borderWidth: 1, pointRadius: 4 },
          ...{ errorBarColor: style.borderColor, errorBarWhiskerColor: style.borderColor },
          ...{ errorBarLineWidth: 2, errorBarWhiskerLineWidth: 2, errorBarWhiskerSize: 9 },
        },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: {
        x: {
          ...axis('decile: so many % of the requests were faster', inks),
          ...{ min: 5, max: 95, ticks: { color: inks.quiet, stepSize: 10, maxRotation: 0 } },
          afterBuildTicks: (built: { ticks: { value: number }[] }) => {
            built.ticks = shift.ms.map((_, i) => ({ value: 10 * (i + 1) }));
          },
        },
        // From zero, so that a small difference never looks large.
        y: { ...axis('difference, ms', inks), beginAtZero: true, grace: '5%' },
      },
      plugins: {
        annotation: { annotations: [marker('y', 0, `as fast as ${other}`, inks.quiet)] },
        legend: { display: false },
        tooltip: { callbacks: { label: ({ raw }) => describe(raw as ShiftPoint) } },
      },
    },
  };
}

export function shiftPoints({ ms, low, high }: ShiftData): ShiftPoint[] {
  return ms.map((y, i) => {
    const [yMin, yMax] = [low?.[i], high?.[i]];
    const interval = yMin === undefined || yMax === undefined ? {} : { yMin, yMax };
    return { x: 10 * (i + 1), y, ...interval };
  });
}

const axis = (text: string, { quiet, grid }: Inks) => ({
  type: 'linear' as const,
  title: { display: true, text, color: quiet },
  ticks: { color: quiet },
  grid: { color: grid },
  border: { display: false },
});

function describe({ x, y, yMin, yMax }: ShiftPoint): string {
  const interval =
    yMin === undefined || yMax === undefined ? '' : ` (95 %: ${signed(yMin)} to ${signed(yMax)})`;
  return `p${x}: ${signed(y)} ms${interval}`;
}

/** `+12.3`, `−0.45`. */
export const signed = (ms: number): string => `${ms < 0 ? '−' : '+'}${formatMillis(Math.abs(ms))}`;
