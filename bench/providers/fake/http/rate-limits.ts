import { ApiError } from '../api-error.ts';
import { TokenBucket, type Rate } from '../token-bucket.ts';

const usual: Rate = { perSecond: 1, burst: 3 };

/** The documented limits that differ from the usual one. */
const special: Readonly<Record<string, Rate>> = {
  'machine.get': { perSecond: 5, burst: 10 },
  'app.delete': { perSecond: 100 / 60, burst: 100 },
};

/** The documented limits: per action, and per machine, or app where there is no machine. */
export class RateLimits {
  readonly #buckets = new Map<string, TokenBucket>();

  /** Throws an ApiError (429) when there were too many; `now` in milliseconds of a steady clock. */
  check(action: string, params: Readonly<Record<string, string>>, now = performance.now()): void {
    const key = `${action} ${params['id'] ?? params['app'] ?? ''}`;
    const bucket = this.#buckets.get(key) ?? new TokenBucket(special[action] ?? usual, now);
    this.#buckets.set(key, bucket);
    if (!bucket.take(now)) throw new ApiError(429, 'rate limit exceeded');
  }
}
