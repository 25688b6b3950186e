import type { Millis, UnixMillis } from '../../../base/units.ts';
import { systemClock, type Clock } from '../client/clock.ts';
import type { Uploads } from './by-storage.ts';

/** How a machine is watched. */
export interface Watching {
  /** Between two looks at a running part. */
  readonly pollMs: Millis;
  /** Why a machine that does not answer is lost for good, in words; undefined while it may come back. */
  readonly lost: () => Promise<string | undefined>;
  /** When the machine ends, whatever becomes of it. */
  readonly expiresAt: UnixMillis;
  /** Told once that it does not answer, why, and until when it is asked again. */
  readonly silent: (until: UnixMillis, why: string) => void;
  /** A quicker way home for many rows. */
  readonly uploads: Uploads | undefined;
  /** Unix time. */
  readonly clock: Clock;
}

/** With what is usual where nothing is said. */
export const withDefaults = (options: Partial<Watching>): Watching => ({
  pollMs: 5000,
  lost: () => Promise.resolve(undefined),
  expiresAt: Infinity,
  silent: () => undefined,
  uploads: undefined,
  clock: { now: () => Date.now(), sleep: systemClock.sleep },
  ...options,
});
