import type { Millis } from '../../../base/units.ts';
import { now } from './clock.ts';
import type { DueTimes } from './due-times.ts';

/** Where a delay line's bytes come out. */
export interface Outlet {
  /** Calls `flushed` once it has room for more; never throws. */
  write(chunk: Buffer, flushed: () => void): void;
  end(): void;
  reset(): void;
}

/** How long one direction takes, drawn anew for each chunk. */
export type OneWay = () => Millis;

type Passing = Buffer | 'end' | 'reset';

interface UnderWay {
  readonly due: Millis;
  readonly passing: Passing;
  next: UnderWay | undefined;
}

/** Bytes under way in one direction, beyond which the sender has to wait: 1 s of 32 Mbit/s. */
export const windowBytes = 4 * 2 ** 20;

/**
 * One direction of a link: what goes in comes out one way later, in order. Each thing has its own due time from when
 * it came, so that queueing never adds up.
 */
export class DelayLine {
  readonly #dueTimes: DueTimes;
  readonly #oneWay: OneWay;
  readonly #outlet: Outlet;
  #first: UnderWay | undefined;
  #last: UnderWay | undefined;
  #lastDue: Millis;
  #bytes = 0;
  #full = false;
  #closed = false;
  /** Called when there is room again after `push` said false. */
  onRoom: () => void = () => undefined;

  /** Nothing comes out before `notBefore`. */
  constructor(dueTimes: DueTimes, oneWay: OneWay, outlet: Outlet, notBefore: Millis = 0) {
    this.#dueTimes = dueTimes;
    this.#oneWay = oneWay;
    this.#outlet = outlet;
    this.#lastDue = notBefore;
  }

  /** False: enough is under way; wait for `onRoom`. */
  push(chunk: Buffer): boolean {
    this.#bytes += chunk.length;
    this.#pass(chunk);
    this.#full = this.#bytes > windowBytes;
    return !this.#full;
  }

  /** A half-close: comes out after all that was pushed before. */
  end(): void {
    this.#pass('end');
  }

  reset(): void {
    this.#pass('reset');
  }

  /** What is under way is lost, and nothing comes out any more. */
  close(): void {
    this.#closed = true;
    this.#first = undefined;
  }

  #pass(passing: Passing): void {
    if (this.#closed) return;
    const at = now();
    const due = Math.max(at + this.#oneWay(), this.#lastDue);
    this.#lastDue = due;
    if (due <= at && this.#first === undefined) this.#deliver(passing);
    else this.#enqueue({ due, passing, next: undefined });
  }

  #enqueue(thing: UnderWay): void {
    if (this.#first === undefined) {
      this.#first = thing;
      this.#dueTimes.at(thing.due, this.#deliverDue);
    } else if (this.#last !== undefined) this.#last.next = thing;
    this.#last = thing;
  }

  readonly #deliverDue = (): void => {
    const at = now();
    while (this.#first !== undefined && this.#first.due <= at) {
      const { passing, next } = this.#first;
      this.#first = next;
      this.#deliver(passing);
    }
    if (this.#first !== undefined) this.#dueTimes.at(this.#first.due, this.#deliverDue);
  };

  #deliver(passing: Passing): void {
    if (passing === 'end') this.#outlet.end();
    else if (passing === 'reset') this.#outlet.reset();
    else
      this.#outlet.write(passing, () => {
        this.#flushed(passing.length);
      });
  }

  #flushed(bytes: number): void {
    this.#bytes -= bytes;
    if (!this.#full || this.#bytes > windowBytes / 2) return;
    this.#full = false;
    this.onRoom();
  }
}
