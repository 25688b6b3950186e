import type { Millis } from '../../base/units.ts';

/** Four significant digits: finer than a pixel of any chart, and a third of the page's size. */
export const short = (ms: Millis): Millis => Number(ms.toPrecision(4));
