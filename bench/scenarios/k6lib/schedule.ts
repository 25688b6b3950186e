import { durationMs } from './duration.ts';
import { k6Env } from './k6-env.ts';
import { randomSeed, sleep } from 'k6';
import { scenario } from 'k6/execution';
import { Trend } from 'k6/metrics';

const startedLate = new Trend('bench_started_late_ms');

/** k6 drops the rows of what it interrupts at the end of a block; so much before it, a request ends by its own timeout. */
const marginMs = 150;

/** Seeds k6's random numbers once per VU, so that a run repeats its choices. */
export function seedVu(): void {
  randomSeed(Number(k6Env('BENCH_SEED') ?? 0) + __VU);
}

/**
 * Runs in setup, before any load: all vantages start at one agreed wall-clock time.
 * How late this one was is kept with its rows, so that its blocks are cut where they really were.
 */
export function waitForStart(): void {
  const startAt = Number(k6Env('BENCH_START_AT') ?? 0);
  const wait = startAt - Date.now();
  if (wait > 0) sleep(wait / 1000);
  startedLate.add(Date.now() - startAt);
}

/** U(0, 1/rate) before each iteration: equal spacing would sample a periodic disturbance at one phase only. */
export function jitter(): void {
  sleep(Math.random() * Number(k6Env('BENCH_JITTER_S') ?? 0));
}

/**
 * The timeout in ms of a request that is sent now: `wanted` (ms, or as k6 spells durations), or else the plan's, but
 * never beyond the end of its block. So every request has an end that is seen: an answer, or that there was none so far.
 * Outside of blocks, as in setup, what is wanted.
 */
export function timeoutLeft(wanted?: number | string): number {
  const most = durationMs(wanted) || Number(k6Env('BENCH_TIMEOUT_MS') ?? 10_000);
  const block = presentBlock();
  if (block === undefined) return most;
  return Math.max(1, Math.min(most, block.lengthMs - block.passedMs - marginMs));
}

/**
 * The tags of a request that is sent now, to be added to its own: of one that is sent before or after the part of its
 * block that is kept, that it belongs to no round. Which requests count depends on when they begin, never on how long
 * they take: by their ends, more slow ones than fast ones of the warm-up would be counted.
 */
export function roundTags(): Record<string, string> {
  const block = presentBlock();
  if (block === undefined) return {};
  const { passedMs, keepFromMs, keepToMs } = block;
  return passedMs >= keepFromMs && passedMs <= keepToMs ? {} : { bench_round: 'none' };
}

interface PresentBlock {
  readonly passedMs: number;
  readonly lengthMs: number;
  readonly keepFromMs: number;
  readonly keepToMs: number;
}

/** Undefined outside of an iteration, or where the plan gives no such times. */
function presentBlock(): PresentBlock | undefined {
  const lengthMs = Number(k6Env('BENCH_BLOCK_MS') ?? NaN);
  if (!(lengthMs > 0)) return undefined;
  const keepFromMs = Number(k6Env('BENCH_WARM_UP_MS') ?? 0);
  const keepToMs = keepFromMs + Number(k6Env('BENCH_KEEP_MS') ?? lengthMs);
  try {
    return { passedMs: Date.now() - scenario.startTime, lengthMs, keepFromMs, keepToMs };
  } catch {
    // k6 knows no scenario in setup and teardown.
    return undefined;
  }
}
