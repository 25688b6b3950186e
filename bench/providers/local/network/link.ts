import type { Random } from '../../../base/random.ts';
import type { Millis } from '../../../base/units.ts';
import type { OneWay } from './delay-line.ts';
import type { DueTimes } from './due-times.ts';

/** The emulated distance between two places; connections over it are made by `tunnel.ts` and `link-socket.ts`. */
export interface Link {
  readonly dueTimes: DueTimes;
  readonly rttMs: Millis;
  /** Half the round trip and the jitter, if any. */
  readonly oneWay: OneWay;
}

export function makeLink(
  dueTimes: DueTimes,
  rttMs: Millis,
  jitterMs: Millis,
  random: Random,
): Link {
  const half = rttMs / 2;
  const oneWay = jitterMs > 0 ? () => half + jitterMs * random.float() : () => half;
  return { dueTimes, rttMs, oneWay };
}
