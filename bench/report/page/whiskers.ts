import type { Chart, Plugin } from 'chart.js';

/** A point with what is known around it, in the units of the x axis. */
export interface WhiskerPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
  /** A further value, drawn as a faint tick at the end of a thin line. */
  readonly far?: number;
}

/** Draws every point's interval as a bar with ends, and its far value as a tick, beneath the points. */
export const whiskers: Plugin<'scatter'> = {
  id: 'whiskers',
  beforeDatasetsDraw(chart) {
    const { ctx } = chart;
    ctx.save();
    chart.data.datasets.forEach((dataset, i) => {
      if (!chart.isDatasetVisible(i)) return;
      ctx.strokeStyle = dataset.borderColor as string;
      for (const point of dataset.data as unknown as WhiskerPoint[]) drawPoint(chart, point);
    });
    ctx.restore();
  },
};

function drawPoint(chart: Chart, { x, y, low, high, far }: WhiskerPoint): void {
  const { ctx } = chart;
  if (far !== undefined) {
    ctx.globalAlpha = 0.45;
    line(chart, x, far, y, 1);
    tick(chart, far, y, 4, 1.5);
    ctx.globalAlpha = 1;
  }
  if (low === undefined || high === undefined) return;
  line(chart, low, high, y, 2);
  tick(chart, low, y, 5, 2);
  tick(chart, high, y, 5, 2);
}

function line(chart: Chart, from: number, to: number, y: number, width: number): void {
  const { ctx, scales } = chart;
  const level = scales['y']?.getPixelForValue(y) ?? 0;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.moveTo(scales['x']?.getPixelForValue(from) ?? 0, level);
  ctx.lineTo(scales['x']?.getPixelForValue(to) ?? 0, level);
  ctx.stroke();
}

function tick(chart: Chart, at: number, y: number, half: number, width: number): void {
  const { ctx, scales } = chart;
  const x = scales['x']?.getPixelForValue(at) ?? 0;
  const level = scales['y']?.getPixelForValue(y) ?? 0;
  ctx.lineWidth = width;
  ctx.beginPath();
  ctx.moveTo(x, level - half);
  ctx.lineTo(x, level + half);
  ctx.stroke();
}
