import { connect, type Socket } from 'node:net';
import type { Millis, UnixMicros } from '../../../base/units.ts';
import { now } from '../network/clock.ts';

/** A connection to an echo service that stays open, and is opened again if it breaks. */
export interface EchoLine {
  /** Sends an echo; while the connection is being opened, nothing. */
  probe(): void;
  /** What is under way is forgotten. */
  close(): void;
}

/** When it was sent, and its round trip; undefined if no answer came. */
export type SeeEcho = (atUs: UnixMicros, rttMs: Millis | undefined) => void;

const patienceMs: Millis = 10_000;
const message = Buffer.from('distance');

/** Opens a line to an echo service on 127.0.0.1. Each probe is seen once; opening, which takes longer, is not. */
export function openEchoLine(port: number, see: SeeEcho): EchoLine {
  let closed = false;
  let line: Line | undefined;
  const open = (): void => {
    line = new Line(port, see, () => {
      line = undefined;
    });
  };
  open();
  return {
    probe: () => {
      if (closed) return;
      if (line !== undefined) line.probe();
      else {
        // Broken since the last probe, and perhaps for good.
        see(1000 * Date.now(), undefined);
        open();
      }
    },
    close: () => {
      closed = true;
      line?.forget();
    },
  };
}

/** One connection: the nth answer belongs to the nth message, the first of which opens it. */
class Line {
  readonly #socket: Socket;
  readonly #see: SeeEcho;
  #opened = false;
  #bytes = 0;
  #underWay: { readonly atUs: UnixMicros; readonly sent: Millis }[] = [];

  constructor(port: number, see: SeeEcho, broke: () => void) {
    this.#see = see;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setTimeout(patienceMs, () => this.#socket.destroy());
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      for (const { atUs } of this.#underWay.splice(0)) see(atUs, undefined);
      broke();
    });
    this.#socket.on('data', (chunk: Buffer) => {
      this.#receive(chunk.length);
    });
    this.#socket.write(message);
  }

  probe(): void {
    if (!this.#opened) return;
    const [oldest] = this.#underWay;
    if (oldest !== undefined && now() - oldest.sent > patienceMs) {
      this.#socket.destroy();
      return;
    }
    this.#underWay.push({ atUs: 1000 * Date.now(), sent: now() });
    this.#socket.write(message);
  }

  forget(): void {
    this.#underWay = [];
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
  }

  #receive(bytes: number): void {
    const at = now();
    this.#bytes += bytes;
    for (; this.#bytes >= message.length; this.#bytes -= message.length) {
      const answered = this.#opened ? this.#underWay.shift() : undefined;
      this.#opened = true;
      if (answered !== undefined) this.#see(answered.atUs, at - answered.sent);
    }
  }
}
