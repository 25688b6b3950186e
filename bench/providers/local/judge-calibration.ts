import type { Millis } from '../../base/units.ts';
import type { Warning } from '../../base/warnings.ts';
import type { Calibration, LinkCalibration } from '../../samples/outcome.ts';

/**
 * A link is off if its median differs by more than 2 ms and by more than 2 %. The instrument's own floor for a
 * difference is 0.3 ms at the median, but a busy computer adds about 1 ms to every echo that the results don't have.
 * A single warning makes what was measured over these links untrustworthy.
 */
export function judgeCalibration({ links }: Calibration): Warning[] {
  return links.filter(isOff).map(({ topology, from, to, wantedMs, p50Ms }): Warning => ({
    code: 'calibration-off',
    ...(topology === undefined ? {} : { topology }),
    from,
    to,
    wantedMs,
    measuredMs: p50Ms,
  }));
}

const isOff = ({ wantedMs, p50Ms }: LinkCalibration): boolean =>
  !(Math.abs(p50Ms - wantedMs) <= toleranceMs(wantedMs));

const toleranceMs = (wantedMs: Millis): Millis => Math.max(2, 0.02 * wantedMs);
