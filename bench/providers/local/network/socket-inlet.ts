import type { Socket } from 'node:net';
import type { DelayLine } from './delay-line.ts';

/**
 * Feeds a delay line from a real socket: data with back-pressure, the half-close, and an abrupt end as a reset.
 * `back` is the line towards the socket; it dies with it.
 */
export function feedFromSocket(socket: Socket, line: DelayLine, back: DelayLine): void {
  let ended = false;
  socket.on('data', (chunk: Buffer) => {
    if (!line.push(chunk)) socket.pause();
  });
  line.onRoom = () => {
    socket.resume();
  };
  socket.on('end', () => {
    ended = true;
    line.end();
  });
  // A socket's error is always followed by its close.
  socket.on('error', () => undefined);
  socket.on('close', (failed) => {
    back.close();
    if (failed || !ended) line.reset();
  });
}
