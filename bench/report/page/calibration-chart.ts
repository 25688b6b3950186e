import type { ChartConfiguration } from 'chart.js';
import { formatMillis } from '../../base/units.ts';
import { linkName, type CalibrationRow } from '../calibration.ts';
import type { Inks } from './inks.ts';
import { marker } from './marker.ts';
import { rowAxis, rowLines } from './row-axis.ts';

interface ErrorPoint {
  readonly x: number;
  readonly y: number;
}

/** How far each link's measured round trip was from the wanted one, before and after the run. */
export function calibrationChart(
  rows: readonly CalibrationRow[],
  inks: Inks,
): ChartConfiguration<'scatter', ErrorPoint[]> {
  const errors = rows.flatMap(({ before, after }) =>
    [before?.errorMs, after?.errorMs].map((ms) => Math.abs(ms ?? 0)),
  );
  // A whole number, so that the axis ends on a round value; never so small that noise looks large.
  const most = Math.ceil(1.1 * Math.max(0.9, ...errors));
  const labels = rows.map((row) => `${linkName(row)}, ${formatMillis(row.wantedMs)} ms`);
  return {
    type: 'scatter',
    data: { datasets: [series(rows, 'before', inks), series(rows, 'after', inks)] },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: {
        x: {
          type: 'linear',
          min: -most,
          max: most,
          title: { display: true, text: 'measured median − wanted, ms', color: inks.quiet },
          ticks: { color: inks.quiet, maxRotation: 0 },
          grid: { color: inks.grid },
          border: { display: false },
        },
        y: rowAxis(labels, inks),
      },
      plugins: {
        annotation: { annotations: [marker('x', 0, 'as wanted', inks.quiet, inks.ground)] },
        legend: { align: 'start', labels: { color: inks.text, usePointStyle: true, boxHeight: 7 } },
        tooltip: {
          callbacks: {
            label: ({ dataset, parsed }) =>
              `${dataset.label ?? ''}: ${(parsed.x ?? 0).toFixed(2)} ms`,
          },
        },
      },
    },
    plugins: [rowLines(rows.length, inks)],
  };
}

function series(rows: readonly CalibrationRow[], when: 'before' | 'after', { targets }: Inks) {
  const colour = targets[when === 'before' ? 2 : 1] ?? '#888';
  return {
    label: `${when} the run`,
    data: rows.flatMap((row, y) => {
      const link = row[when];
      return link === undefined ? [] : [{ x: link.errorMs, y }];
    }),
    borderColor: colour,
    backgroundColor: when === 'before' ? colour : 'transparent',
    borderWidth: 2,
    pointRadius: when === 'before' ? 4 : 6,
  };
}
