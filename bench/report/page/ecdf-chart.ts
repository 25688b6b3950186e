import type { ChartConfiguration } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import type { DistributionCell } from '../page-data/distribution.ts';
import type { Inks } from './inks.ts';
import { byTarget, lineStyle } from './line-style.ts';
import { marker } from './marker.ts';
import { msAxis } from './ms-axis.ts';

export interface EcdfInput {
  readonly targets: readonly string[];
  /** Of one place, by target. */
  readonly cells: readonly (DistributionCell | null)[];
  /** The chosen target. */
  readonly chosen: number;
  readonly budgetMs: number;
}

export interface SharePoint {
  /** Milliseconds. */
  readonly x: number;
  /** Per cent of the requests. */
  readonly y: number;
}

type EcdfConfiguration = ChartConfiguration<'scatter', SharePoint[]>;

/** The share of requests that took at most so long, a line a target. */
export function ecdfChart(input: EcdfInput, inks: Inks): EcdfConfiguration {
  return sharesChart(input, inks, atMost, {
    type: 'linear' as const,
    min: 0,
    max: 100,
    title: { display: true, text: 'requests answered, %', color: inks.quiet },
    ticks: { color: inks.quiet, stepSize: 25 },
    grid: { color: inks.grid },
    border: { display: false },
  });
}

/** The slowest tenth: the share of requests that took at least so long, on a logarithmic axis. */
export function tailChart(input: EcdfInput, inks: Inks): EcdfConfiguration {
  const most = Math.max(...input.cells.map((cell) => cell?.n ?? 0));
  // A tenth of so few would be nobody: all of them.
  const max = most < 20 ? 100 : 10;
  const decades = Math.max(1, Math.ceil(Math.log10((max / 100) * most)));
  const powers = Array.from({ length: decades + 1 }, (_, i) => max / 10 ** i);
  return sharesChart(input, inks, (cell) => slowest(cell, max), {
    type: 'logarithmic' as const,
    min: max / 10 ** decades,
    max,
    title: { display: true, text: 'requests at least as slow, %', color: inks.quiet },
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = powers.map((value) => ({ value }));
    },
    ticks: {
      color: inks.quiet,
      callback: (value: string | number) => `${value} (p${100 - Number(value)})`,
    },
    grid: { color: inks.grid },
    border: { display: false },
  });
}

type YAxis = NonNullable<NonNullable<NonNullable<EcdfConfiguration['options']>['scales']>[string]>;

function sharesChart(
  { targets, cells, chosen, budgetMs }: EcdfInput,
  inks: Inks,
  shares: (cell: DistributionCell) => SharePoint[],
  y: YAxis,
): EcdfConfiguration {
  const datasets = targets.flatMap((label, target) => {
    const cell = cells[target];
    if (cell === undefined || cell === null) return [];
    return [{ label, data: shares(cell), ...lineOnly, ...lineStyle(target, chosen, inks) }];
  });
  const all = datasets.flatMap(({ data }) => data.map(({ x }) => x));
  const [min, max] = [Math.min(...all) / 1.05, Math.max(...all) * 1.05];
  const goal = marker('x', budgetMs, `goal ${formatMillis(budgetMs)} ms`, inks.budget, inks.ground);
  return {
    type: 'scatter',
    data: { datasets },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', intersect: false },
      scales: { x: msAxis({ type: 'logarithmic', min, max }, inks), y },
      plugins: {
        annotation: { annotations: budgetMs > min && budgetMs < max ? [goal] : [] },
        legend: {
          align: 'start',
          labels: { color: inks.text, usePointStyle: true, pointStyle: 'line', sort: byTarget },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset, parsed: { x, y: share } }) =>
              `${dataset.label ?? ''}: ${percent(share ?? 0)} at ${formatMillis(x ?? 0)} ms`,
          },
        },
      },
    },
  };
}

const lineOnly = { showLine: true, pointRadius: 0, pointHoverRadius: 4, tension: 0 } as const;

/** From 0 just below the smallest value to 100 at the largest. */
function atMost({ n, ms, ranks }: DistributionCell): SharePoint[] {
  const points = ms.map((x, i) => ({ x, y: (100 * (ranks[i] ?? NaN)) / n }));
  return [{ x: ms[0] ?? NaN, y: 0 }, ...points];
}

/** A value that stands at rank r of n is reached by the n − r + 1 from there on. */
function slowest({ n, ms, ranks }: DistributionCell, most: number): SharePoint[] {
  const points = ms.map((x, i) => ({ x, y: (100 * (n - (ranks[i] ?? NaN) + 1)) / n }));
  // With the last point above, from which the line comes into the picture.
  const first = Math.max(0, points.findIndex(({ y }) => y <= most) - 1);
  return points.slice(first);
}

/** `50 %`, `0.12 %`. */
const percent = (share: number): string => `${Number(share.toPrecision(share > 1 ? 3 : 2))} %`;
