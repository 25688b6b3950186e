import type { ChartConfiguration, Plugin } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import type { Cause } from '../../explain/causes.ts';
import type { CausesRow, CausesTable } from '../page-data/causes.ts';
import { hatch } from './hatch.ts';
import type { Inks } from './inks.ts';
import { marker } from './marker.ts';
import { rowAxis } from './row-axis.ts';

export interface CausesInput {
  readonly targets: readonly string[];
  readonly budgetMs: number;
  readonly table: CausesTable;
  /** Index of the chosen place: the only one that is drawn where all would be too many. */
  readonly chosen: number;
  /** Whether the axis ends where the cells within the budget do; longer bars run out of the picture. */
  readonly enlarged: boolean;
}

/** A stretch of a bar, or a mark on it. */
export interface CausePoint {
  readonly x: number;
  /** Its line, counted from the top. */
  readonly y: number;
  readonly xMin?: number;
  readonly xMax?: number;
  /** For people. */
  readonly says: string;
}

/** Which of the inks stands for a cause. */
const hues: Readonly<Record<Cause, number>> = {
  network: 2,
  replay: 4,
  app: 0,
  travel: 1,
  query: 3,
};

/** Every cell's median as a bar of its causes, below the name of its region. */
export function causesChart(
  input: CausesInput,
  inks: Inks,
): ChartConfiguration<'bar' | 'scatter' | 'scatterWithErrorBars', CausePoint[]> {
  const { budgetMs, table } = input;
  const { labels, lines } = linesOf(input);
  const bars = [
    ...table.causes.map(({ cause, name }, i) => ({
      ...barStyle(name, inks.targets[hues[cause]] ?? inks.quiet),
      data: lines.map(({ row, y }) => point(row.ms[i] ?? 0, y, name)),
    })),
    {
      ...barStyle('unexplained', `${inks.quiet}30`),
      ...{ borderColor: inks.quiet, borderWidth: 1 },
      data: lines.map(({ row, y }) => point(row.unexplained, y, 'unexplained')),
    },
  ];
  return {
    type: 'bar',
    data: { datasets: [...bars, floors(lines, inks), medians(lines, inks)] },
    options: {
      indexAxis: 'y',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: { x: axis(endOf(input), inks), y: regionRows(labels, lines, inks) },
      plugins: {
        annotation: {
          annotations: [
            marker('x', budgetMs, `goal ${formatMillis(budgetMs)} ms`, inks.budget, inks.ground),
          ],
        },
        legend: { align: 'start', labels: { color: inks.text, usePointStyle: true, boxHeight: 9 } },
        tooltip: {
          callbacks: {
            title: ([item]) => lines.find(({ y }) => y === item?.parsed.y)?.name ?? '',
            label: ({ raw }) => (raw as CausePoint).says,
          },
        },
      },
    },
    plugins: [hatch(bars.length - 1, inks.quiet), regionLines(labels, lines, inks)],
  };
}

interface Line {
  readonly row: CausesRow;
  readonly y: number;
  readonly name: string;
}

/** A line for each region's name, and below it one for each of its cells. */
function linesOf({ targets, table, chosen }: CausesInput): { labels: string[]; lines: Line[] } {
  const labels: string[] = [];
  const lines: Line[] = [];
  for (const [place, code] of table.places.entries()) {
    if (table.regionByRegion && place !== chosen) continue;
    labels.push(code);
    for (const row of table.rows.filter((r) => r.place === place)) {
      const target = targets[row.target] ?? '';
      lines.push({ row, y: labels.length, name: `${target} at ${code}` });
      labels.push(shortened(target));
    }
  }
  return { labels, lines };
}

/** The whole name is in the tooltip and in the table. */
const shortened = (name: string): string => {
  const characters = Array.from(name);
  return characters.length <= 23 ? name : `${characters.slice(0, 22).join('')}…`;
};

const point = (x: number, y: number, what: string): CausePoint => ({
  ...{ x, y },
  says: `${what} ${formatMillis(x)} ms`,
});

const barStyle = (label: string, backgroundColor: string) => ({
  ...{ type: 'bar' as const, label, backgroundColor, stack: 'causes' },
  ...{ barThickness: 15, grouped: false, order: 1, pointStyle: 'rect' as const },
});

function floors(lines: readonly Line[], { text, ground }: Inks) {
  return {
    ...{ type: 'scatter' as const, label: 'light in fibre', order: 0 },
    data: lines.flatMap(({ row: { floor }, y }) =>
      floor === undefined || floor === 0
        ? []
        : [point(floor, y, 'no less than light in fibre needs,')],
    ),
    ...{ pointStyle: 'line' as const, rotation: 90, radius: 11, hoverRadius: 11, hitRadius: 4 },
    ...{ borderColor: text, backgroundColor: ground, borderWidth: 2.5 },
  };
}

/** The interval of the whole, at the end of its bar. */
function medians(lines: readonly Line[], { text }: Inks) {
  return {
    ...{ type: 'scatterWithErrorBars' as const, label: 'median, 95 % interval', order: 0 },
    data: lines.map(({ row: { p50, low, high }, y }) => ({
      ...point(p50, y, 'median'),
      ...(low === undefined || high === undefined
        ? {}
        : {
            ...{ xMin: low, xMax: high },
            says: `median ${formatMillis(p50)} ms (95 %: ${formatMillis(low)}–${formatMillis(high)})`,
          }),
    })),
    ...{ borderColor: text, backgroundColor: text, radius: 2.5 },
    ...{ errorBarColor: text, errorBarWhiskerColor: text },
    ...{ errorBarLineWidth: 1.5, errorBarWhiskerLineWidth: 1.5, errorBarWhiskerSize: 8 },
  };
}

/** Undefined: where the longest bar ends. */
function endOf({ enlarged, budgetMs, table }: CausesInput): number | undefined {
  const within = table.rows.filter(({ p50 }) => p50 < budgetMs).map((r) => r.high ?? r.p50);
  return enlarged && within.length > 0 ? Math.ceil(1.05 * Math.max(...within)) : undefined;
}

/** The names of the regions stand out from those of the targets. */
function regionRows(labels: readonly string[], lines: readonly Line[], inks: Inks) {
  const axis = rowAxis(labels, inks);
  const isTarget = new Set(lines.map(({ y }) => y));
  const weight = ({ index }: { index: number }) => ({
    weight: isTarget.has(index) ? ('normal' as const) : ('bold' as const),
  });
  return { ...axis, ticks: { ...axis.ticks, font: weight } };
}

/** A line above every region but the first. */
function regionLines(
  labels: readonly string[],
  lines: readonly Line[],
  { grid }: Inks,
): Plugin<'bar'> {
  const isTarget = new Set(lines.map(({ y }) => y));
  const regions = labels.flatMap((_, y) => (isTarget.has(y) || y === 0 ? [] : [y]));
  return {
    id: 'region-lines',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.strokeStyle = grid;
      ctx.lineWidth = 1;
      for (const region of regions) {
        const y = Math.round(scales['y']?.getPixelForValue(region - 0.5) ?? 0) + 0.5;
        ctx.beginPath();
        ctx.moveTo(0, y);
        ctx.lineTo(chartArea.right, y);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}

function axis(max: number | undefined, { quiet, grid }: Inks) {
  return {
    type: 'linear' as const,
    min: 0,
    ...(max === undefined ? {} : { max }),
    title: { display: true, text: 'median, ms, from 0', color: quiet },
    ticks: { color: quiet, maxRotation: 0 },
    grid: { color: grid },
    border: { display: false },
  };
}
