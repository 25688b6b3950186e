import type { Millis, UnixMillis } from '../../../base/units.ts';
import type { Clock } from '../client/clock.ts';

/** What an interruption may cost. */
export const farewellMs: Millis = 20_000;

/** Tells when everything has to be over: never, or soon after the signal was aborted. */
export function untilFarewell(signal: AbortSignal, { now }: Clock): () => UnixMillis {
  let at = signal.aborted ? now() + farewellMs : Infinity;
  signal.addEventListener('abort', () => (at = now() + farewellMs), { once: true });
  return () => at;
}
