import postgres from 'postgres';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError, messageOf } from '../../base/errors.ts';
import type { Exit } from './children.ts';
import { appArguments } from './app-process.ts';
import type { Guard } from './guard/guard.ts';
import { primaryOf, replicationTunnel, type Layout, type PlannedDatabase } from './layout.ts';
import { copyCluster, initCluster } from './postgres/cluster.ts';
import type { PostgresInstall } from './postgres/install.ts';
import { startPostgres } from './postgres/server.ts';
import { together } from './together.ts';

/** A database server that is up. */
export interface Database extends PlannedDatabase {
  readonly pid: number;
  /** Straight to it, over no link. */
  readonly url: string;
  /** The file that has what it prints. */
  readonly log: string;
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

const databaseName = 'recipes';

const run = promisify(execFile);

/** Where the databases of a world live, and what keeps watch over them. */
export interface DatabaseHome {
  readonly install: PostgresInstall;
  readonly layout: Layout;
  readonly folder: string;
  readonly guard: Guard;
  readonly signal: AbortSignal;
}

/** Makes and seeds one cluster, and copies it for every other primary and replica. */
export async function makeClusters({
  install,
  layout,
  folder,
  guard,
  signal,
}: DatabaseHome): Promise<void> {
  const [first, ...others] = layout.databases;
  if (first === undefined) return;
  const tending = { guard, signal };
  const dataDir = dataDirOf(folder, first);
  await initCluster(install, dataDir, tending);
  const options = { dataDir, port: first.port, maxConnections: maxConnections(layout), ...tending };
  const server = await startPostgres(install, options);
  try {
    await seed(first.port, signal);
  } finally {
    await server.stop('fast');
  }
  await together(
    signal,
    others.map((database) => (stop) => {
      const to = dataDirOf(folder, database);
      return copyCluster(install, dataDir, to, { guard, signal: stop });
    }),
  );
}

/** Starts the primaries, then the replicas, whose stream crosses the emulated ocean. */
export async function startDatabases(
  home: DatabaseHome,
  tunnelPort: (id: string) => number,
  started: (database: Database) => void,
): Promise<void> {
  const start =
    (planned: PlannedDatabase) =>
    async (signal: AbortSignal): Promise<void> => {
      const server = await startPostgres(home.install, {
        dataDir: dataDirOf(home.folder, planned),
        port: planned.port,
        maxConnections: maxConnections(home.layout),
        guard: home.guard,
        signal,
        ...(planned.role === 'primary'
          ? {}
          : { standbyOf: { port: tunnelPort(replicationTunnel(planned)), name: planned.region } }),
      });
      const { pid } = server;
      started({
        ...planned,
        pid,
        log: server.log,
        url: urlOf(planned.port),
        exited: server.exited,
        stop: () => server.stop('immediate'),
      });
    };
  const having = (role: PlannedDatabase['role']) =>
    home.layout.databases.filter((database) => database.role === role);
  await together(home.signal, having('primary').map(start));
  await together(home.signal, having('replica').map(start));
}

/** Waits until every replica receives the stream of its primary. */
export async function waitUntilStreaming(
  layout: Layout,
  signal: AbortSignal,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (const topology of new Set(layout.databases.map((database) => database.topology))) {
    const wanted = layout.databases.filter(
      (d) => d.topology === topology && d.role === 'replica',
    ).length;
    if (wanted === 0) continue;
    const sql = connect(primaryOf(layout.databases, topology).port);
    try {
      let streaming = 0;
      while (streaming < wanted) {
        signal.throwIfAborted();
        const rows = await sql`select 1 from pg_stat_replication where state = 'streaming'`;
        streaming = rows.length;
        if (Date.now() > deadline) throw notStreaming(topology, streaming, wanted);
        if (streaming < wanted) await sleep(25);
      }
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

function notStreaming(topology: string, streaming: number, wanted: number): BenchError {
  return new BenchError(
    'fault',
    `Only ${streaming} of ${wanted} replicas of ${topology} receive the primary's stream.`,
    'Look for the cause with DEBUG=bench; fewer regions need fewer replicas.',
  );
}

const dataDirOf = (folder: string, { topology, region }: PlannedDatabase): string =>
  join(folder, 'postgres', `${topology}-${region}`);

const urlOf = (port: number): string => `postgres://postgres@127.0.0.1:${port}/${databaseName}`;

const connect = (port: number, database = databaseName) =>
  postgres({
    host: '127.0.0.1',
    port,
    database,
    user: 'postgres',
    max: 1,
    onnotice: () => undefined,
  });

/** Each machine may open its whole pool; a few are for the replicas and for looking. */
const maxConnections = ({ machines }: Layout): number => 40 + 12 * machines.length;

/** However slow the machine: what takes longer stands still. */
const seedLimitMs = 120_000;

/** Schema and recipes come from the app's own release command, as a deployment would run it. */
async function seed(port: number, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(seedLimitMs)]);
  const sql = connect(port, 'postgres');
  try {
    await orAbort(sql`create database ${sql(databaseName)}`, limit);
    await run(process.execPath, appArguments(['migrate']), {
      signal: limit,
      env: childEnvironment('app', {
        TZ: 'UTC',
        DATABASE_URL: urlOf(port),
        PRIMARY_REGION: 'local',
        FLY_REGION: 'local',
        REPLAY: 'off',
      }),
    });
  } catch (error) {
    signal.throwIfAborted();
    const why = limit.aborted ? 'the database does not answer' : messageOf(error);
    throw new BenchError('fault', `The recipes could not be loaded: ${why}`, 'Please report this.');
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A query that nobody answers ends with the connection only. */
async function orAbort<T>(query: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = once(signal, 'abort').then(() => {
    signal.throwIfAborted();
  });
  await Promise.race([query, aborted]);
  return query;
}
