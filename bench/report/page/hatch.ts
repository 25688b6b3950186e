import type { BarElement, ChartType, Plugin } from 'chart.js';

/** Hatches the horizontal bars of one data set, as those of which the cause is not known. */
export function hatch<T extends ChartType>(dataset: number, colour: string): Plugin<T> {
  return {
    id: 'hatch',
    afterDatasetDraw({ ctx }, { index, meta }) {
      if (index !== dataset) return;
      ctx.save();
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1;
      for (const bar of meta.data as unknown as BarElement[]) stripes(ctx, bar);
      ctx.restore();
    },
  };
}

const gap = 5;

function stripes(ctx: CanvasRenderingContext2D, bar: BarElement): void {
  const at = bar.getProps(['x', 'y', 'base', 'height'], true);
  const { x, y, base, height } = at as Record<keyof typeof at, number>;
  const [left, right, top] = [Math.min(x, base), Math.max(x, base), y - height / 2];
  if (!(right > left)) return;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, height);
  ctx.clip();
  ctx.beginPath();
  // Counted from the page's edge, so that the stripes of all bars are in line.
  for (let foot = Math.floor((left - height) / gap) * gap; foot < right; foot += gap) {
    ctx.moveTo(foot, top + height);
    ctx.lineTo(foot + height, top);
  }
  ctx.stroke();
  ctx.restore();
}
