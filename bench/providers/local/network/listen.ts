import type { AddressInfo, Server } from 'node:net';

/** Listens on a free port of 127.0.0.1 and answers the port. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Many clients may connect at the same instant; the default backlog is 511.
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}
