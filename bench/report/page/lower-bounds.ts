import type { Chart, Plugin } from 'chart.js';
import type { LatencyPoint } from '../page-data/latency.ts';
import type { Inks } from './inks.ts';

/** Pixels from a point's centre to its arrow, and the arrow's length. */
const gap = 8;
const length = 14;

/** An arrow to the right of each quantile that is a lower bound: the true one lies farther out. */
export const lowerBounds = (inks: Inks): Plugin => ({
  id: 'lowerBounds',
  afterDatasetsDraw: (chart) => {
    const { ctx } = chart;
    ctx.save();
    ctx.strokeStyle = inks.text;
    ctx.lineWidth = 1.5;
    for (const { x, y } of boundsOf(chart)) {
      const tip = x + gap + length;
      ctx.beginPath();
      ctx.moveTo(x + gap, y);
      ctx.lineTo(tip, y);
      ctx.moveTo(tip - 4, y - 3.5);
      ctx.lineTo(tip, y);
      ctx.lineTo(tip - 4, y + 3.5);
      ctx.stroke();
    }
    ctx.restore();
  },
});

/** Where the lower bounds are drawn, in pixels. */
function boundsOf(chart: Chart): { readonly x: number; readonly y: number }[] {
  return chart.data.datasets.flatMap(({ data }, dataset) =>
    data.flatMap((point, i) => {
      const { of } = point as unknown as { readonly of?: LatencyPoint };
      const drawn = chart.getDatasetMeta(dataset).data[i];
      if (of?.atLeast !== true || drawn === undefined || !chart.isDatasetVisible(dataset))
        return [];
      return [{ x: drawn.x, y: drawn.y }];
    }),
  );
}
