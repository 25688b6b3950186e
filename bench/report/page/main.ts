import {
  BarController,
  BarElement,
  Chart,
  LinearScale,
  LineElement,
  LogarithmicScale,
  PointElement,
  ScatterController,
  Tooltip,
  Legend,
} from 'chart.js';
import { PointWithErrorBar, ScatterWithErrorBarsController } from 'chartjs-chart-error-bars';
import annotation from 'chartjs-plugin-annotation';
import type { PageData } from '../page-data.ts';
import { calibrationChart } from './calibration-chart.ts';
import { startChoosers } from './chooser.ts';
import { drawEffects } from './effects.ts';
import { offerEnlarging } from './enlarge.ts';
import { follow } from './follow.ts';
import { startHeat } from './heat.ts';
import { inksOf, type Inks } from './inks.ts';
import { lagChart } from './lag-chart.ts';
import { linksChart } from './links-chart.ts';
import { startMap } from './map.ts';
import { chartHeight, latencyChart } from './latency-chart.ts';
import type { ScaleType } from './ms-axis.ts';
import { onSelect, select } from './selection.ts';
import { slowest } from './slowest.ts';

Chart.register(ScatterController, LinearScale, LogarithmicScale, PointElement, Tooltip, Legend);
Chart.register(BarController, BarElement);
Chart.register(LineElement, PointWithErrorBar, ScatterWithErrorBarsController, annotation);

Chart.defaults.font.family = 'system-ui, sans-serif';

const data = JSON.parse(document.getElementById('data')?.textContent ?? '{}') as PageData;
const dark = matchMedia('(prefers-color-scheme: dark)');
const print = matchMedia('print');
const charts: Chart[] = [];
let scale: ScaleType = 'logarithmic';

select(slowest(data.map));
draw();
onSelect(() => {
  follow(data, inksNow());
});
dark.addEventListener('change', redraw);
// Paper is white, whatever the screen is.
print.addEventListener('change', redraw);
offerScales();
offerEnlarging();
startChoosers();
startMap(data);
startHeat(data);

function redraw(): void {
  draw();
  follow(data, inksNow(), true);
}

function inksNow(): Inks {
  return inksOf(dark.matches && !print.matches);
}

function draw(): void {
  for (const chart of charts.splice(0)) chart.destroy();
  const inks = inksNow();
  for (const [id, latency] of Object.entries(data.latency))
    show(
      id,
      chartHeight(latency.places.length, data.targets.length),
      (canvas) => new Chart(canvas, latencyChart(data, latency, scale, inks)),
    );
  drawEffects(data, inks, show);
  const lag = data.lag ?? [];
  show('lag-chart', 130 + 46 * lag.length, (canvas) => new Chart(canvas, lagChart(lag, inks)));
  const { links } = data;
  if (links !== undefined)
    show('links-chart', 340, (canvas) => new Chart(canvas, linksChart(links, inks)));
  show(
    'calibration-chart',
    chartHeight(data.calibration.length, 1),
    (canvas) => new Chart(canvas, calibrationChart(data.calibration, inks)),
  );
}

function show(id: string, height: number, make: (canvas: HTMLCanvasElement) => Chart): void {
  const canvas = document.getElementById(id);
  if (!(canvas instanceof HTMLCanvasElement) || canvas.parentElement === null) return;
  canvas.parentElement.style.height = `${String(height)}px`;
  charts.push(make(canvas));
}

function offerScales(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-scale]')];
  for (const button of buttons) {
    button.addEventListener('click', () => {
      scale = button.dataset['scale'] === 'linear' ? 'linear' : 'logarithmic';
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
      draw();
    });
    button.parentElement?.removeAttribute('hidden');
  }
}
