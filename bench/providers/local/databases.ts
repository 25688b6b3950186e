import postgres from 'postgres';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError, messageOf } from '../../base/errors.ts';
import type { ProcessEnd } from '../../base/exit-words.ts';
import { orAborted } from '../../base/or-aborted.ts';
import { appArguments } from './app-process.ts';
import type { Guard } from './guard/guard.ts';
import { primaryOf, replicationTunnel, type Layout, type PlannedDatabase } from './layout.ts';
import { writePrivate } from './postgres/access.ts';
import { copyCluster, initCluster } from './postgres/cluster.ts';
import {
  passwordLine,
  roles,
  secretUrl,
  type Credentials,
  type RoleKind,
} from './postgres/credentials.ts';
import type { PostgresInstall } from './postgres/install.ts';
import { scramVerifier } from './postgres/scram.ts';
import { startPostgres } from './postgres/server.ts';
import { together } from './together.ts';

/** A database server that is up. */
export interface Database extends PlannedDatabase {
  readonly pid: number;
  /** Straight to it, over no link, as the app. */
  readonly url: string;
  /** The same for `monitor`, with its password: never shown. */
  readonly monitorUrl: string;
  /** The file that has what it prints. */
  readonly log: string;
  readonly exited: Promise<ProcessEnd>;
  stop(): Promise<void>;
}

/** What the app's database is called. */
export const databaseName = 'recipes';

const run = promisify(execFile);

/** Where the databases of a world live, and what keeps watch over them. */
export interface DatabaseHome {
  readonly install: PostgresInstall;
  readonly layout: Layout;
  readonly folder: string;
  readonly credentials: Credentials;
  readonly guard: Guard;
  readonly signal: AbortSignal;
}

/** For people who look into the databases as the app: psql takes it as `passfile`. */
export const passwordFileIn = (folder: string): string => join(folder, 'pgpass');

/** Only the user who runs Postgres can read it: replicas log in to their primaries by it. */
const replicationFileIn = (folder: string): string =>
  join(folder, 'postgres', 'replication.pgpass');

/** Makes and seeds one cluster, and copies it for every other primary and replica. */
export async function makeClusters({
  install,
  layout,
  folder,
  credentials,
  guard,
  signal,
}: DatabaseHome): Promise<void> {
  const [first, ...others] = layout.databases;
  if (first === undefined) return;
  const tending = { guard, signal };
  const dataDir = dataDirOf(folder, first);
  await initCluster(install, dataDir, { ...tending, password: credentials.superuser });
  await writePasswordFiles(install, folder, credentials);
  const options = { dataDir, port: first.port, maxConnections: maxConnections(layout), ...tending };
  const server = await startPostgres(install, options);
  try {
    await seed(first.port, credentials, tending);
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
          : {
              standbyOf: {
                port: tunnelPort(replicationTunnel(planned)),
                name: planned.region,
                passwordFile: replicationFileIn(home.folder),
              },
            }),
      });
      const { pid } = server;
      started({
        ...planned,
        pid,
        log: server.log,
        url: urlFor(home.credentials, 'app', planned.port),
        monitorUrl: urlFor(home.credentials, 'monitor', planned.port),
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
  { layout, credentials }: Pick<DatabaseHome, 'layout' | 'credentials'>,
  signal: AbortSignal,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (const topology of new Set(layout.databases.map((database) => database.topology))) {
    const wanted = layout.databases.filter(
      (d) => d.topology === topology && d.role === 'replica',
    ).length;
    if (wanted === 0) continue;
    const sql = connect(urlFor(credentials, 'monitor', primaryOf(layout.databases, topology).port));
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

const urlFor = (credentials: Credentials, kind: RoleKind, port: number): string =>
  secretUrl(credentials, kind, { port, database: databaseName });

const connect = (url: string) => postgres(url, { max: 1, onnotice: () => undefined });

/** Each machine may open its whole pool; a few are for the replicas and for looking. */
const maxConnections = ({ machines }: Layout): number => 40 + 12 * machines.length;

async function writePasswordFiles(
  { user }: PostgresInstall,
  folder: string,
  credentials: Credentials,
): Promise<void> {
  const own = passwordLine(credentials, 'app', databaseName);
  await writePrivate(passwordFileIn(folder), own, undefined);
  const replicas = passwordLine(credentials, 'replication', 'replication');
  await writePrivate(replicationFileIn(folder), replicas, user);
}

/** The roles that are used from now on; with them the superuser, who may run programs here, is out of use. */
async function makeRoles(
  port: number,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<void> {
  const sql = connect(secretUrl(credentials, 'superuser', { port, database: 'postgres' }));
  // A statement that fails is logged: hence no password in it.
  const create = (kind: RoleKind, rights = '') =>
    sql.unsafe(
      `create role ${roles[kind]} login ${rights} password '${scramVerifier(credentials[kind])}'`,
    );
  const make = async () => {
    await create('app');
    await create('replication', 'replication');
    await create('monitor');
    await sql`grant pg_read_all_stats to ${sql(roles.monitor)}`;
    await sql`create database ${sql(databaseName)} owner ${sql(roles.app)}`;
    await sql`alter role ${sql(roles.superuser)} nologin`;
  };
  try {
    // A query that nobody answers ends with the connection only.
    await orAborted(make(), signal);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** However slow the machine: what takes longer stands still. */
const seedLimitMs = 120_000;

/** Roles, and the app's schema and recipes by its own release command, as a deployment would run it. */
async function seed(
  port: number,
  credentials: Credentials,
  { guard, signal }: Pick<DatabaseHome, 'guard' | 'signal'>,
): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(seedLimitMs)]);
  try {
    await makeRoles(port, credentials, limit);
    const migration = run(process.execPath, appArguments(['migrate']), {
      signal: limit,
      env: childEnvironment('app', {
        TZ: 'UTC',
        DATABASE_URL: urlFor(credentials, 'app', port),
        PRIMARY_REGION: 'local',
        FLY_REGION: 'local',
        REPLAY: 'off',
      }),
    });
    guard.watch(migration.child, 'SIGTERM');
    await migration;
  } catch (error) {
    signal.throwIfAborted();
    const why = limit.aborted ? 'the database does not answer' : messageOf(error);
    throw new BenchError('fault', `The recipes could not be loaded: ${why}`, 'Please report this.');
  }
}
