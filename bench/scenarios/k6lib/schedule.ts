import { randomSeed, sleep } from 'k6';
import { Trend } from 'k6/metrics';

const startedLate = new Trend('bench_started_late_ms');

/** Seeds k6's random numbers once per VU, so that a run repeats its choices. */
export function seedVu(): void {
  randomSeed(Number(__ENV['BENCH_SEED'] ?? 0) + __VU);
}

/**
 * Runs in setup, before any load: all vantages start at one agreed wall-clock time.
 * How late this one was is kept with its rows, so that its blocks are cut where they really were.
 */
export function waitForStart(): void {
  const startAt = Number(__ENV['BENCH_START_AT'] ?? 0);
  const wait = startAt - Date.now();
  if (wait > 0) sleep(wait / 1000);
  startedLate.add(Date.now() - startAt);
}

/** U(0, 1/rate) before each iteration: equal spacing would sample a periodic disturbance at one phase only. */
export function jitter(): void {
  sleep(Math.random() * Number(__ENV['BENCH_JITTER_S'] ?? 0));
}

/** TODO slow */
export function timeoutLeft(wanted?: number | string): number | string {
  return wanted ?? Number(__ENV['BENCH_TIMEOUT_MS'] ?? 10_000);
}
