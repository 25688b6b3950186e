import { Worker } from 'node:worker_threads';
import type { Millis } from '../../../base/units.ts';

/** Wakes the event loop at a point in time, to about 0.1 ms where timers only know whole milliseconds. */
export interface Alarm {
  /** The next ring; replaces the former. `due` counts on the clock of `clock.ts`. */
  set(due: Millis): void;
  close(): Promise<void>;
}

/**
 * A thread that sleeps in `Atomics.wait` until the due time and then posts a message. It costs a third of the
 * processor time of spinning with `setImmediate` through the last millisecond, and is as exact where other
 * programs compete for the processor.
 */
export function startAlarm(ring: () => void): Alarm {
  const shared = new SharedArrayBuffer(16);
  const changes = new Int32Array(shared, 0, 1);
  const due = new Float64Array(shared, 8, 1);
  due[0] = Number.MAX_VALUE;
  const sleeper = new Worker(sleeperSource, { eval: true, workerData: shared });
  sleeper.on('message', ring);
  return {
    set: (at) => {
      due[0] = at;
      Atomics.add(changes, 0, 1);
      Atomics.notify(changes, 0);
    },
    close: async () => {
      await sleeper.terminate();
    },
  };
}

/** Text, so that the same code runs from the bundle, from tsx and from vitest. */
const sleeperSource = `
const { parentPort, workerData } = require('node:worker_threads');
const changes = new Int32Array(workerData, 0, 1);
const due = new Float64Array(workerData, 8, 1);
function now() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}
for (;;) {
  const seen = Atomics.load(changes, 0);
  const left = due[0] - now();
  if (left > 0 && Atomics.wait(changes, 0, seen, left) !== 'timed-out') continue;
  if (Atomics.load(changes, 0) !== seen) continue;
  parentPort.postMessage(0);
  Atomics.wait(changes, 0, seen);
}`;
