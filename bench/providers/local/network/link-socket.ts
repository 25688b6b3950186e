import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { now } from './clock.ts';
import { connectTo } from './connect-to.ts';
import { DelayLine, type Outlet } from './delay-line.ts';
import type { Link } from './link.ts';
import { feedFromSocket } from './socket-inlet.ts';
import { socketOutlet } from './socket-outlet.ts';

/**
 * The near end of a connection over a link, inside this process. Emits `connect` after one round trip, or `error`
 * with the code of a real socket (`ECONNREFUSED`, `ECONNRESET`).
 */
export class LinkSocket extends Duplex {
  readonly #link: Link;
  #there: DelayLine | undefined;
  #back: DelayLine | undefined;
  /** Of chunks that lie here unread. */
  #flushed: (() => void)[] = [];

  constructor(link: Link, targetPort: number) {
    super({ allowHalfOpen: true });
    this.#link = link;
    this.#open(targetPort);
  }

  #open(targetPort: number): void {
    const { rttMs, dueTimes } = this.#link;
    const openAt = now() + rttMs;
    dueTimes.at(openAt - rttMs / 2, () => {
      if (this.destroyed) return;
      const target = connectTo(targetPort);
      const refuse = (error: Error): void => {
        dueTimes.at(openAt, () => this.destroy(error));
      };
      target.once('error', refuse);
      target.once('connect', () => {
        target.off('error', refuse);
        this.#join(target);
        dueTimes.at(openAt, () => this.emit('connect'));
      });
    });
  }

  #join(target: Socket): void {
    const { dueTimes, oneWay } = this.#link;
    this.#there = new DelayLine(dueTimes, oneWay, socketOutlet(target));
    this.#back = new DelayLine(dueTimes, oneWay, this.#outlet());
    feedFromSocket(target, this.#back, this.#there);
    if (this.destroyed) target.resetAndDestroy();
  }

  #outlet(): Outlet {
    return {
      write: (chunk, flushed) => {
        if (this.push(chunk)) flushed();
        else this.#flushed.push(flushed);
      },
      end: () => this.push(null),
      reset: () =>
        this.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })),
    };
  }

  override _read(): void {
    const flushed = this.#flushed;
    this.#flushed = [];
    for (const done of flushed) done();
  }

  /** Only called once connected: nobody writes before. */
  override _write(chunk: Buffer, _: BufferEncoding, written: () => void): void {
    if (this.#there === undefined || this.#there.push(chunk)) written();
    else this.#there.onRoom = written;
  }

  override _final(finished: () => void): void {
    this.#there?.end();
    finished();
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    this.#back?.close();
    if (!this.writableFinished || error !== null) this.#there?.reset();
    destroyed(error);
  }
}
