import type { StaleReads } from '../samples/series.ts';
import type { Interval } from '../stats/interval.ts';
import { proportionInterval } from '../stats/proportion.ts';

/** How often reads missed the reader's own write, and how sure that is. */
export interface StaleShare extends StaleReads {
  /** Stale ÷ reads; undefined without a read. */
  readonly share: number | undefined;
  /** Exact binomial, 95 %. */
  readonly interval: Interval | undefined;
}

export function staleShares(all: readonly StaleReads[]): StaleShare[] {
  return all.map((one) => ({
    ...one,
    share: one.reads === 0 ? undefined : one.stale / one.reads,
    interval: proportionInterval(one.stale, one.reads),
  }));
}
