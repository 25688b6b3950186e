import { connect, type Socket } from 'node:net';
import { messageOf } from '../../base/errors.ts';
import type { Millis } from '../../base/units.ts';
import { now } from './network/clock.ts';

export interface EchoTest {
  /** Of an echo service on 127.0.0.1. */
  readonly port: number;
  /** How many echoes. */
  readonly n: number;
  /** One is sent so often, whether or not the one before is back. */
  readonly everyMs: Millis;
}

export interface EchoSamples {
  /** From before connecting until the first echo was back. */
  readonly openMs: Millis;
  /** One per echo, in the order in which they were sent. */
  readonly echoMs: readonly Millis[];
}

const patienceMs: Millis = 10_000;
const message = Buffer.from('distance');

/** Measures an echo service over one connection. Rejects if that breaks, or stays silent for 10 s. */
export function measureLink(test: EchoTest): Promise<EchoSamples> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: test.port, host: '127.0.0.1', noDelay: true });
    const fail = (why: string): void => {
      reject(new Error(`echo at port ${test.port}: ${why}`));
    };
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer for 10 s')));
    socket.on('error', (error) => {
      fail(messageOf(error));
    });
    socket.on('close', () => {
      fail('the connection was closed');
    });
    exchange(socket, test, (samples) => {
      resolve(samples);
      socket.destroy();
    });
  });
}

/** One echo that opens, then the others; the nth answer belongs to the nth message. */
function exchange(socket: Socket, test: EchoTest, done: (samples: EchoSamples) => void): void {
  const sent = [now()];
  const trips: Millis[] = [];
  let bytes = 0;
  const send = (): void => {
    sent.push(now());
    socket.write(message);
    if (sent.length <= test.n) setTimeout(send, test.everyMs);
  };
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    const at = now();
    while (trips.length < Math.floor(bytes / message.length))
      trips.push(at - (sent[trips.length] ?? at));
    const [openMs, ...echoMs] = trips;
    if (openMs === undefined) return;
    if (echoMs.length === test.n) done({ openMs, echoMs });
    else if (sent.length === 1) send();
  });
  socket.write(message);
}
