import type { AddressInfo, Server } from 'node:net';
import { BenchError, messageOf } from '../../../base/errors.ts';

/** Listens on a port of 127.0.0.1 (0: a free one) and answers which; throws a BenchError if somebody has it. */
export async function listenOn(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new BenchError('usage', `Port ${port}: ${messageOf(error)}.`, 'Choose another port.', {
          cause: error,
        }),
      );
    });
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });
  return (server.address() as AddressInfo).port;
}
