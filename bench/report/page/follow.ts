import { Chart, type ChartConfiguration } from 'chart.js';
import type { PageData } from '../page-data.ts';
import { aboutCell } from './about.ts';
import { followers } from './followers.ts';
import type { Inks } from './inks.ts';
import { selected } from './selection.ts';

/** The name of the user-timing mark that is set whenever all charts are as they should be. */
const chartsDrawn = 'charts-drawn';

const drawn = new Map<string, Chart>();
let waiting: ReturnType<typeof setTimeout> | undefined;

/**
 * Draws the charts of the chosen cell, and says what they are about. Those in view are drawn at once, the others one by
 * one as the browser finds time, so that a choice shows without delay. `anew`: all of them from scratch, in other inks.
 */
export function follow(data: PageData, inks: Inks, anew = false): void {
  const selection = selected();
  sayAbout(aboutCell(data, selection));
  clearTimeout(waiting);
  const charts = Object.entries(followers).flatMap(([id, follower]) => {
    const canvas = document.getElementById(id);
    if (!(canvas instanceof HTMLCanvasElement)) return [];
    return {
      canvas,
      draw: () => {
        draw(canvas, follower(data, selection, inks), anew);
      },
    };
  });
  const near = charts.filter(({ canvas }) => anew || isInView(canvas));
  for (const chart of near) chart.draw();
  drawNext(charts.filter((chart) => !near.includes(chart)));
}

function drawNext([chart, ...others]: readonly { readonly draw: () => void }[]): void {
  if (chart === undefined) {
    performance.mark(chartsDrawn);
    return;
  }
  waiting = setTimeout(() => {
    chart.draw();
    drawNext(others);
  });
}

/** The canvas of a hidden chart takes no room: what counts is where it stands. */
function isInView({ parentElement }: HTMLCanvasElement): boolean {
  const box = (parentElement?.parentElement ?? parentElement)?.getBoundingClientRect();
  return box !== undefined && box.bottom > 0 && box.top < innerHeight;
}

function draw(
  canvas: HTMLCanvasElement,
  configuration: ChartConfiguration | undefined,
  anew: boolean,
): void {
  canvas.parentElement?.toggleAttribute('hidden', configuration === undefined);
  const chart = drawn.get(canvas.id);
  // Plugins of a chart's own can't be exchanged.
  const stays = !anew && configuration?.plugins === undefined;
  if (chart !== undefined && configuration !== undefined && stays) {
    chart.data = configuration.data;
    chart.options = configuration.options ?? {};
    chart.update('none');
    return;
  }
  chart?.destroy();
  drawn.delete(canvas.id);
  if (configuration !== undefined) drawn.set(canvas.id, new Chart(canvas, configuration));
}

function sayAbout(about: Readonly<Record<'place' | 'pair' | 'lost', string>>): void {
  for (const [key, text] of Object.entries(about))
    for (const element of document.querySelectorAll(`[data-about="${key}"]`))
      element.textContent = text;
}
