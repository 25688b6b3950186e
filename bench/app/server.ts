import { createAdaptorServer } from '@hono/node-server';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeApp } from './app.ts';
import type { Settings } from './settings.ts';
import { openPool, type Pool } from './store/pool.ts';
import { warmUp } from './store/warm-up.ts';

export interface RunningServer {
  readonly port: number;
  /** Lets requests in work finish, for `graceMs` at most. */
  stop(graceMs: number): Promise<void>;
}

/** Above the 75 s that load generators and proxies keep an idle connection, or they would find it closed. */
const keepAliveTimeout = 80_000;

/** Listens at once; the pool connects meanwhile. */
export async function startServer(
  settings: Settings,
  log: (line: string) => void,
): Promise<RunningServer> {
  const pool = openPool(settings.databaseUrl, settings.poolSize);
  let connected = false;
  const app = makeApp({ settings, pool, connected: () => connected, log });
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: { keepAliveTimeout },
  }) as Server;
  server.listen(settings.port, settings.host);
  await once(server, 'listening');
  let stopping = false;
  void connect(
    pool,
    () => (connected = true),
    () => stopping,
    log,
  );
  return {
    port: (server.address() as AddressInfo).port,
    stop: async (graceMs) => {
      stopping = true;
      await close(server, graceMs);
      await pool.end();
    },
  };
}

/** Warms up, again and again until the database can be reached. */
async function connect(
  pool: Pool,
  connected: () => void,
  stopping: () => boolean,
  log: (line: string) => void,
): Promise<void> {
  for (let failures = 0; !stopping(); failures++) {
    try {
      await warmUp(pool, connected);
      return;
    } catch (error) {
      if (stopping()) return;
      if (failures === 0) log(`the database does not answer yet: ${String(error)}`);
      await sleep(250);
    }
  }
}

/** A connection whose last request ends meanwhile would otherwise be kept alive for the next. */
async function close(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 20);
  const impatient = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(impatient);
}
