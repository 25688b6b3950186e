import { setTimeout as wait } from 'node:timers/promises';
import type { Millis } from '../../../base/units.ts';

/** Time as the client sees it; tests bring their own. */
export interface Clock {
  /** Since some moment; never goes back, nor jumps when the computer's clock is set. */
  readonly now: () => Millis;
  /** Rejects with the signal's reason as soon as it is aborted. */
  readonly sleep: (ms: Millis, signal?: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, { ...(signal === undefined ? {} : { signal }) });
    } catch {
      signal?.throwIfAborted();
    }
  },
};
