import { connect, type Socket } from 'node:net';

/** A connection to a port of this machine, as every link wants it. */
export function connectTo(port: number): Socket {
  return connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
}
