import type { Clock } from './clock.ts';
import { nextTurn, type FullAt, type Limit } from './bucket.ts';

/**
 * Fly's limits per action and identifier, short of one of the burst: calls arrive a little later or sooner than they
 * were sent, and a bucket kept at its very edge would spill over.
 */
export const limits = {
  /** 5/s, burst 10. */
  get: { burst: 9, rate: 5 },
  /** 1/s, burst 3. */
  other: { burst: 2, rate: 1 },
} as const satisfies Record<string, Limit>;

/** Waits for the turn of a call; each key (`create app`) has a bucket of its own. */
export type Pace = (key: string, limit: Limit, signal?: AbortSignal) => Promise<void>;

export function makePace({ now, sleep }: Clock): Pace {
  const buckets = new Map<string, FullAt>();
  return async (key, limit, signal) => {
    const turn = nextTurn(limit, buckets.get(key) ?? 0, now());
    buckets.set(key, turn.full);
    const ms = turn.at - now();
    if (ms > 0) await sleep(ms, signal);
  };
}
