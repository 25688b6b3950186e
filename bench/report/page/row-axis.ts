import type { ChartType, Plugin } from 'chart.js';
import type { Inks } from './inks.ts';

/** A y axis with a name at every whole number from 0, the first on top, and room above it for a word. */
export function rowAxis(labels: readonly string[], { text }: Inks) {
  return {
    type: 'linear' as const,
    min: -1,
    max: labels.length - 0.5,
    reverse: true,
    afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
      axis.ticks = labels.map((_, value) => ({ value }));
    },
    ticks: {
      color: text,
      autoSkip: false,
      callback: (value: string | number) => labels[Number(value)] ?? '',
    },
    grid: { display: false },
    border: { display: false },
  };
}

/** Lines between the rows of such an axis. */
export function rowLines<T extends ChartType>(rows: number, { grid }: Inks): Plugin<T> {
  return {
    id: 'row-lines',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.strokeStyle = grid;
      ctx.lineWidth = 1;
      for (let row = 0; row <= rows; row++) {
        const y = Math.round(scales['y']?.getPixelForValue(row - 0.5) ?? 0) + 0.5;
        ctx.beginPath();
        ctx.moveTo(0, y);
        ctx.lineTo(chartArea.right, y);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}
