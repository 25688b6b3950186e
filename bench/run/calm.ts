import type { Millis } from '../base/units.ts';

/** What waiting until it is calm needs of the world around. */
export interface Calming<T> {
  /** Measures once more; takes a while. */
  measure(): Promise<T>;
  isCalm(measured: T): boolean;
  now(): Millis;
  sleep(ms: Millis): Promise<void>;
}

/** A world that has just started still works on its own for some seconds; a busy machine may stay busy for ever. */
export const calmWithinMs: Millis = 15_000;
const pauseMs: Millis = 500;

/** Measures until it is calm, or 15 s have passed since the call; gives what was measured last. */
export async function untilCalm<T>(first: T, calming: Calming<T>): Promise<T> {
  const deadline = calming.now() + calmWithinMs;
  let last = first;
  while (!calming.isCalm(last) && calming.now() + pauseMs < deadline) {
    await calming.sleep(pauseMs);
    last = await calming.measure();
  }
  return last;
}
