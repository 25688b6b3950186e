import { Chart } from 'chart.js';
import { effectsId } from '../page-data/effects.ts';
import type { PageData } from '../page-data.ts';
import { effectsChart } from './effects-chart.ts';
import type { Inks } from './inks.ts';
import { chartHeight } from './latency-chart.ts';

type Show = (id: string, height: number, make: (canvas: HTMLCanvasElement) => Chart) => void;

/** Draws the charts of both sections of comparisons. */
export function drawEffects({ effects }: PageData, inks: Inks, show: Show): void {
  for (const of of ['within', 'baseline'] as const) {
    const { baseline = '', charts = [] } = effects?.[of] ?? {};
    for (const [i, data] of charts.entries())
      show(
        effectsId(of, i),
        chartHeight(data.places.length, data.candidates.length),
        (canvas) => new Chart(canvas, effectsChart(data, baseline, inks)),
      );
  }
}
