/** How fast a bucket fills and how much it holds. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * A token less than whole is lent when no more than this is missing: on its way a request is delayed by more or less
 * than the one before, so that an honest second between two becomes a little less here. It is never lent twice: in any
 * span of t seconds at most burst + rate·t + this are let through.
 */
export const lent = 0.25;

/** A token bucket; times in milliseconds of any clock that never goes back. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = now;
  }

  /** Takes a token; false: there is none, and nothing was taken. */
  take(now: number): boolean {
    const { perSecond, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    if (this.#tokens < 1 - lent) return false;
    this.#tokens -= 1;
    return true;
  }
}
