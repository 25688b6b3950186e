import type { Seconds, UnixMillis } from '../../../base/units.ts';

/** So long a machine keeps what it holds after its k6 has ended, and after the last time that it was asked for it. */
export const holdS: Seconds = 600;
/** Time for what follows: the other machines have waited as long, and may be needed for more rounds. */
const spareS: Seconds = 60;

/** What is known of a machine that does not answer. */
export interface Known {
  /** When its k6 was to have ended. */
  readonly overAt: UnixMillis;
  /** When it answered last. */
  readonly heardAt: UnixMillis;
  /** When it ends in any case. */
  readonly expiresAt: UnixMillis;
}

/** Until when it is worth while to ask again: from then on it can't be expected to be there. */
export const keptUntil = ({ overAt, heardAt, expiresAt }: Known): UnixMillis =>
  Math.min(expiresAt, Math.max(overAt, heardAt) + 1000 * (holdS - spareS));
