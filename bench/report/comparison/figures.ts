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

/** `≥ 1200` where requests of that side were cut. */
export const baselineMs = of(({ baselineMs: ms, bound }) =>
  atLeast(bound === 'at-most' || bound === 'unknown', ms),
);

export const candidateMs = of(({ candidateMs: ms, bound }) =>
  atLeast(bound === 'at-least' || bound === 'unknown', ms),
);

const atLeast = (isBound: boolean, ms: number): string =>
  `${isBound ? '≥ ' : ''}${formatMillis(ms)}`;

/** The difference of what is known from below only. */
const bounded = ({ bound }: Effect, words: string): string => {
  if (bound === 'unknown') return '?';
  if (bound === undefined) return words;
  return `${bound === 'at-least' ? '≥' : '≤'} ${words}`;
};

export const differenceMs = of((effect) => bounded(effect, signedMillis(effect.ms)));

/** `−112 (−113 to −111)`. */
export const differenceMsWithin = of((effect) =>
  bounded(effect, within(effect.ms, effect.lowMs, effect.highMs, signedMillis)),
);

/** `−94.6 (−95.6 to −93.5)`. */
export const differencePercent = of((effect) =>
  bounded(effect, within(effect.percent, effect.lowPercent, effect.highPercent, signedPercent)),
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
