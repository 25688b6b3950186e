import { formatMillis, type Millis } from '../../base/units.ts';
import type { ReportModel } from '../model.ts';
import { heatSteps } from '../tables.ts';
import { html, type Html } from './markup.ts';

/** The seven colours with what they stand for, and where among them the goal is. */
export function heatLegend({ budgetMs }: ReportModel): Html {
  const ends = heatSteps.map((share) => share * budgetMs);
  return html`<ul class="legend" aria-label="Colours, by milliseconds">
    ${[...ends, undefined].map((end, heat) => step(end, ends[heat - 1], heat, budgetMs))}
  </ul>`;
}

function step(
  end: Millis | undefined,
  before: Millis | undefined,
  heat: number,
  budgetMs: Millis,
): Html {
  const text =
    end === undefined
      ? `above ${round(before ?? 0)} ms`
      : `to ${round(end)}${end === budgetMs ? ' ms, the goal' : ''}`;
  return html`<li class="h${heat}${end === budgetMs ? ' goal' : ''}">${text}</li> `;
}

/** `10`, not `10.0`. */
const round = (ms: Millis): string => String(Number(formatMillis(ms)));
