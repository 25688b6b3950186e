import type { Millis } from '../base/units.ts';
import type { JudgedQuantile } from './side.ts';

/*
 * What counts as a difference (measurement specification, "Comparison A vs B").
 */

/** Holm's family-wise level, for each direction. */
export const familyAlpha = 0.01;

/** A cell with fewer rounds than this is not judged. */
export const fewestRounds = 6;

/** With fewer samples than this in a cell, a p95 rests on too little to be judged. */
export const fewestForP95 = 72;

/** A measurement that only notices more than this many times what counts is not informative. */
export const informativeWithin = 3;

/** What is judged: the quantile, at one vantage or (`undefined`) as the mean over all of them. */
export interface Judged {
  readonly vantage: string | undefined;
  readonly quantile: JudgedQuantile;
}

/** The smallest effect that counts, as a share of the baseline (δ). */
export function practicalEffect({ vantage, quantile }: Judged): number {
  if (quantile === 'p95') return 0.1;
  return vantage === undefined ? 0.03 : 0.05;
}

/** Below this the instrument itself may make the difference. */
export function floorMs({ quantile }: Judged): Millis {
  return quantile === 'p95' ? 1.5 : 0.3;
}
