import type { Millis } from '../../../base/units.ts';
import { startAlarm, type Alarm } from './alarm.ts';
import { now } from './clock.ts';
import { DueHeap } from './due-heap.ts';

/** The alarm is set this much early and the rest spun away: waking a thread takes about as long. */
const earlyMs = 0.15;

/** How often it is looked whether the alarm was missed, and how long after its time that is so. */
const looksEveryMs: Millis = 250;
const missedMs: Millis = 50;

/** Runs functions at points in time, in the order of these, to about 0.1 ms. One for the whole process. */
export class DueTimes {
  readonly #heap = new DueHeap<() => void>();
  readonly #alarm: Alarm;
  readonly #looking: NodeJS.Timeout;
  #armedFor = Infinity;
  #spinning = false;

  constructor(start: (ring: () => void) => Alarm = startAlarm) {
    this.#alarm = start(this.#ring);
    // The alarm is one for all: should a ring be lost, as was seen after a standstill, no link would answer any more.
    this.#looking = setInterval(() => {
      if (this.#heap.firstDue < now() - missedMs) this.#ring();
    }, looksEveryMs);
    this.#looking.unref();
  }

  /** `due` on the clock of `clock.ts`. Things with the same due time run in the order in which they came. */
  at(due: Millis, run: () => void): void {
    this.#heap.push(due, run);
    if (this.#heap.firstDue === due) this.#arm();
  }

  async close(): Promise<void> {
    clearInterval(this.#looking);
    this.#heap.clear();
    await this.#alarm.close();
  }

  readonly #ring = (): void => {
    this.#armedFor = Infinity;
    this.#runDue();
  };

  #runDue(): void {
    try {
      while (this.#heap.firstDue <= now()) this.#heap.pop()?.();
    } finally {
      // One that throws must not leave the others, of every connection there is, without a bell for ever.
      this.#arm();
    }
  }

  #arm(): void {
    const due = this.#heap.firstDue;
    if (due === Infinity) return;
    const ringAt = due - earlyMs;
    if (ringAt <= now()) this.#spin();
    else if (ringAt < this.#armedFor) this.#alarm.set((this.#armedFor = ringAt));
  }

  #spin(): void {
    if (this.#spinning) return;
    this.#spinning = true;
    setImmediate(() => {
      this.#spinning = false;
      this.#runDue();
    });
  }
}
