import type { Millis } from '../../../base/units.ts';

/** Milliseconds on the machine's monotonic clock, which all threads and processes share (`performance.now` differs). */
export function now(): Millis {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
