import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listen } from '../listen.ts';
import { openNetwork } from '../open-network.ts';
import type { NetworkConfig } from '../protocol.ts';

/** Distances of the tests, ms: from cdg, near to far. */
export const rtt = { 'ams-cdg': 20, 'cdg-ord': 60, 'ams-ord': 50 };

/** A machine of a test: a real web server in the test's own process. */
export interface TestMachine {
  readonly id: string;
  readonly app: string;
  readonly region: string;
  readonly port: number;
  readonly server: Server;
  /** Connections that were ever opened to it. */
  readonly sockets: Socket[];
  /** Stops listening and breaks all connections. */
  kill(): void;
}

/** Answers health checks itself and leaves the rest to `handle`; gone when the test is over. */
export async function startMachine(
  id: string,
  region: string,
  handle: RequestListener,
  app = 'app',
): Promise<TestMachine> {
  const sockets: Socket[] = [];
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    if (request.url === '/healthz') response.end();
    else handle(request, response);
  });
  server.on('connection', (socket: Socket) => sockets.push(socket));
  const kill = (): void => {
    server.close();
    server.closeAllConnections();
  };
  onTestFinished(kill);
  return { id, app, region, port: await listen(server), server, sockets, kill };
}

/** A network with one edge in `region` for the machines' first app; answers the edge's port. */
export async function edgeFor(
  machines: readonly TestMachine[],
  region = 'cdg',
  change: Partial<NetworkConfig> = {},
): Promise<number> {
  const network = await openNetwork({
    rtt,
    jitterMs: 0,
    seed: 1,
    machines: machines.map(({ id, app, region: at, port }) => ({ id, app, region: at, port })),
    edges: [{ app: machines[0]?.app ?? 'app', region, primary: 'cdg' }],
    tunnels: [],
    echoes: [],
    ...change,
  });
  onTestFinished(() => network.close());
  return network.ready.edges[0]?.port ?? 0;
}
