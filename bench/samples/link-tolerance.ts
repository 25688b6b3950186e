import type { Millis } from '../base/units.ts';

/**
 * A link is off if its median differs from what is wanted by more than 2 ms and by more than 2 %. The instrument's own
 * floor for a difference is 0.3 ms at the median, but a busy computer adds about 1 ms to every echo that the results
 * don't have. A link that has no median is off.
 */
export const isOff = (wantedMs: Millis, measuredMs: Millis): boolean =>
  !(Math.abs(measuredMs - wantedMs) <= toleranceMs(wantedMs));

export const toleranceMs = (wantedMs: Millis): Millis => Math.max(2, 0.02 * wantedMs);
