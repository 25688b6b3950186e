import type { Estimate } from './interval.ts';

/**
 * The numbers of rounds at which a run may ask whether its intervals are narrow enough. Only ever ask for the width:
 * stopping by p values or effects finds differences that aren't there (measurement specification, "Sampling").
 */
export const looks: readonly number[] = [8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30];

/** Whether the interval lies within ±`width` (0.05: 5 %) of its centre; never without an interval. */
export function isNarrow({ centre, interval }: Estimate, width: number): boolean {
  if (interval === undefined || !(centre > 0)) return false;
  return interval.high <= centre * (1 + width) && interval.low >= centre * (1 - width);
}
