import { formatMillis } from '../../base/units.ts';
import type { ComparedCell, Effect } from '../../compare/comparison.ts';
import { practicalEffect } from '../../compare/thresholds.ts';
import { percent, signedMillis, signedPercent, verdictMarks, verdictWord } from './words.ts';

/** One column of a table of compared cells, in words. */
export type Figure = (cell: ComparedCell) => string;

const of =
  (word: (effect: Effect) => string): Figure =>
  ({ effect }) =>
    effect === undefined ? '–' : word(effect);

export const baselineMs = of((effect) => formatMillis(effect.baselineMs));

export const candidateMs = of((effect) => formatMillis(effect.candidateMs));

export const differenceMs = of(({ ms }) => signedMillis(ms));

/** `−112 (−113 to −111)`. */
export const differenceMsWithin = of(({ ms, lowMs, highMs }) =>
  within(ms, lowMs, highMs, signedMillis),
);

/** `−94.6 (−95.6 to −93.5)`. */
export const differencePercent = of((effect) =>
  within(effect.percent, effect.lowPercent, effect.highPercent, signedPercent),
);

/** The smallest slow-down that would be called one; what is too small to count never is. */
export const detectable: Figure = (cell) => {
  const { detectablePercent } = cell.effect ?? {};
  if (detectablePercent === undefined) return '–';
  return percent(Math.max(detectablePercent, 100 * practicalEffect(cell)));
};

/** `faster ▼`: the mark says without colour what the colour says. */
export const verdict: Figure = (cell) =>
  `${verdictWord(cell.verdict)} ${verdictMarks[cell.verdict]}`;

function within(
  value: number,
  low: number | undefined,
  high: number | undefined,
  word: (value: number) => string,
): string {
  if (low === undefined || high === undefined) return word(value);
  return `${word(value)} (${word(low)} to ${word(high)})`;
}
