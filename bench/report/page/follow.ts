import { Chart } from 'chart.js';
import type { PageData } from '../page-data.ts';
import { aboutCell } from './about.ts';
import { followers } from './followers.ts';
import type { Inks } from './inks.ts';
import { selected } from './selection.ts';

const drawn = new Map<string, Chart>();

/** Draws the charts of the chosen cell anew, and says what they are about. */
export function follow(data: PageData, inks: Inks): void {
  const selection = selected();
  sayAbout(aboutCell(data, selection));
  for (const [id, follower] of Object.entries(followers)) {
    drawn.get(id)?.destroy();
    drawn.delete(id);
    const canvas = document.getElementById(id);
    if (!(canvas instanceof HTMLCanvasElement)) continue;
    const configuration = follower(data, selection, inks);
    canvas.parentElement?.toggleAttribute('hidden', configuration === undefined);
    if (configuration !== undefined) drawn.set(id, new Chart(canvas, configuration));
  }
}

function sayAbout(about: Readonly<Record<'place' | 'pair' | 'lost', string>>): void {
  for (const [key, text] of Object.entries(about))
    for (const element of document.querySelectorAll(`[data-about="${key}"]`))
      element.textContent = text;
}
