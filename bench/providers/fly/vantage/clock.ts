import { setTimeout as pause } from 'node:timers/promises';
import type { Millis, UnixMillis } from '../../../base/units.ts';
import type { Say } from './say.ts';

/** How a machine's clock compares with ours. */
export interface ClockOffset {
  /** The machine's minus ours. */
  readonly offsetMs: Millis;
  /** The offset is right to within this. */
  readonly uncertaintyMs: Millis;
}

/** One question for the time. */
export interface ClockAnswer {
  /** Ours, when it was asked. */
  readonly askedAt: UnixMillis;
  /** Ours, when the answer was here. */
  readonly heardAt: UnixMillis;
  /** The machine's. */
  readonly toldMs: UnixMillis;
  readonly resolutionMs: Millis;
  /** How long the machine waited before it looked at its clock. */
  readonly spentMs: Millis;
}

const questions = 4;
/** A call that has to wait for its turn would look like a slow one. */
const apartMs = 1100;

/** Asks for the time a few times; takes some seconds. */
export async function compareClocks(say: Say, spacingMs: Millis = apartMs): Promise<ClockOffset> {
  const answers: ClockAnswer[] = [];
  for (let i = 0; i < questions; i++) {
    if (i > 0) await pause(spacingMs);
    answers.push(await ask(say));
  }
  return closest(answers);
}

async function ask(say: Say): Promise<ClockAnswer> {
  const askedAt = Date.now();
  // Measured with the clock that nobody sets.
  const from = performance.now();
  const text = await say(['clock']);
  const heardAt = askedAt + (performance.now() - from);
  const [toldMs = NaN, resolutionMs = NaN, spentMs = NaN] = text.trim().split(' ').map(Number);
  if (Number.isNaN(toldMs + resolutionMs + spentMs))
    throw new Error(`the machine told no time: ${JSON.stringify(text.slice(0, 80))}`);
  return { askedAt, heardAt, toldMs, resolutionMs, spentMs };
}

/**
 * The offset by the answer that was on its way for the shortest time: the machine looked at its clock at some moment
 * of that way, halfway for all we know.
 */
export function closest(answers: readonly ClockAnswer[]): ClockOffset {
  const offsets = answers.map(({ askedAt, heardAt, toldMs, resolutionMs, spentMs }) => {
    const wayMs = Math.max(0, heardAt - askedAt - spentMs);
    return {
      offsetMs: toldMs + resolutionMs / 2 - (heardAt - wayMs / 2),
      uncertaintyMs: wayMs / 2 + resolutionMs / 2 + 1,
    };
  });
  return offsets.reduce((best, each) => (each.uncertaintyMs < best.uncertaintyMs ? each : best));
}

/**
 * What a machine's clock is taken to be ahead of ours: nothing where the difference may be an error of measuring.
 * The machine is told to start at that much later by its clock, and its rows come home that much earlier, so that
 * blocks are cut where they were either way; only whether all vantages start together depends on it.
 */
export const correctionMs = ({ offsetMs, uncertaintyMs }: ClockOffset): Millis =>
  Math.abs(offsetMs) > uncertaintyMs ? Math.round(offsetMs) : 0;
