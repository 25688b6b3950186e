import type { Plugin } from 'chart.js';

/** Draws a dashed line across the chart at a value of the x axis, with a word at its top. */
export function markerLine(value: number, label: string, colour: string): Plugin<'scatter'> {
  return {
    id: 'marker-line',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      const x = scales['x']?.getPixelForValue(value) ?? NaN;
      if (!(x >= chartArea.left && x <= chartArea.right)) return;
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([5, 4]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.font = '12px system-ui, sans-serif';
      ctx.textAlign = x > chartArea.right - 80 ? 'right' : 'left';
      ctx.fillText(label, x + (ctx.textAlign === 'right' ? -5 : 5), chartArea.top + 12);
      ctx.restore();
    },
  };
}
