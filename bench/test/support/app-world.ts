import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { programPath } from '../../base/package-root.ts';
import { freePorts } from '../../providers/local/free-ports.ts';
import { startGuard } from '../../providers/local/guard/guard.ts';
import { writePrivate } from '../../providers/local/postgres/access.ts';
import { copyCluster, initCluster } from '../../providers/local/postgres/cluster.ts';
import {
  makeCredentials,
  passwordLine,
  roles,
  secretUrl,
} from '../../providers/local/postgres/credentials.ts';
import { findPostgres } from '../../providers/local/postgres/find.ts';
import type { PostgresInstall } from '../../providers/local/postgres/install.ts';
import { scramVerifier } from '../../providers/local/postgres/scram.ts';
import { startPostgres, type PostgresServer } from '../../providers/local/postgres/server.ts';
import { tempFolder } from '../../providers/local/postgres/temp-folder.ts';
import { isPortTaken } from '../../providers/local/postgres/trouble.ts';

/** A seeded database of the recipe app and a streaming replica of it, for tests of the app. */
export interface TestDatabases {
  readonly primary: TestDatabase;
  readonly replica: TestDatabase;
  stop(): Promise<void>;
}

export interface TestDatabase {
  readonly port: number;
  readonly url: string;
  /** For looking and meddling. */
  readonly sql: postgres.Sql;
}

export async function startDatabases(): Promise<TestDatabases> {
  const [install, guard] = await Promise.all([findPostgres(), startGuard()]);
  const folder = await tempFolder(install);
  guard.folder(folder);
  const [first, second] = [join(folder, 'data', 'primary'), join(folder, 'data', 'replica')];
  const primary = { dataDir: first, maxConnections: 60, guard };
  await initCluster(install, first, { guard, password: credentials.superuser });
  const passwordFile = join(folder, 'data', 'pgpass');
  const line = passwordLine(credentials, 'replication', 'replication');
  await writePrivate(passwordFile, line, install.user);
  const empty = await startSomewhere(install, primary);
  await createSeeded(empty.port);
  await empty.stop('fast');
  await copyCluster(install, first, second, { guard });
  const server = await startSomewhere(install, primary);
  const standbyOf = { port: server.port, name: 'replica', passwordFile };
  const replica = await startSomewhere(install, { ...primary, dataDir: second, standbyOf });
  const servers = [server, replica];
  const databases = { primary: connectTo(server.port), replica: connectTo(replica.port) };
  return {
    ...databases,
    stop: async () => {
      await Promise.all(Object.values(databases).map(({ sql }) => sql.end({ timeout: 0 })));
      await Promise.all(servers.map((server) => server.stop('immediate')));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      await guard.release();
    },
  };
}

type Options = Omit<Parameters<typeof startPostgres>[1], 'port'>;

/** On a port that nobody took since it was seen to be free: other tests look for ports too. */
async function startSomewhere(install: PostgresInstall, options: Options): Promise<PostgresServer> {
  const [port = 0] = await freePorts(1);
  try {
    return await startPostgres(install, { ...options, port });
  } catch (error) {
    if (isPortTaken(error)) return startSomewhere(install, options);
    throw error;
  }
}

const connectTo = (port: number): TestDatabase => ({
  port,
  url: urlOf(port),
  sql: postgres(urlOf(port), quiet),
});

const quiet = { max: 2, onnotice: () => undefined };

/** As the superuser, who may meddle with everything. */
export const urlOf = (port: number, database = 'recipes'): string =>
  secretUrl(credentials, 'superuser', { port, database });

const credentials = makeCredentials();

async function createSeeded(port: number): Promise<void> {
  const sql = postgres(urlOf(port, 'postgres'), quiet);
  const verifier = scramVerifier(credentials.replication);
  await sql.unsafe(`create role ${roles.replication} login replication password '${verifier}'`);
  await sql`create database recipes`.finally(() => sql.end({ timeout: 1 }));
  await promisify(execFile)(process.execPath, [programPath('app'), 'migrate'], {
    env: { DATABASE_URL: urlOf(port) },
  });
}

/** Waits until the replica shows all that the primary has. */
export async function caughtUp({ primary, replica }: TestDatabases): Promise<void> {
  const [now] = await primary.sql<{ lsn: string }[]>`select pg_current_wal_lsn()::text as lsn`;
  for (;;) {
    const rows = await replica.sql`
      select 1 where pg_last_wal_replay_lsn() >= ${now?.lsn ?? ''}::text::pg_lsn`;
    if (rows.length === 1) return;
    await sleep(5);
  }
}

/** A process of the app that answers. */
export interface TestApp {
  readonly url: string;
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Asks it to stop; how it ended, and after how many ms. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
}

/** Starts dist/app.mjs inside the emulated private network and waits until it is healthy. */
export async function startApp(env: Readonly<Record<string, string>>): Promise<TestApp> {
  const [port = 0] = await freePorts(1);
  const args = ['--import', pathToFileURL(programPath('private-network')).href, programPath('app')];
  const child = spawn(process.execPath, args, {
    env: { HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const url = `http://127.0.0.1:${port}`;
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const start = performance.now();
    child.kill(signal);
    const [code] = await exited;
    return { code, ms: performance.now() - start };
  };
  // By its own word: another program may have taken the port since it was seen to be free, and may answer there too.
  while (!output.includes('listening on') || !(await isHealthy(url))) {
    if (output.includes('EADDRINUSE')) return startApp(env);
    if (child.exitCode !== null) throw new Error(`the app ended: ${output}`);
    await sleep(20);
  }
  return { url, pid: child.pid ?? 0, output: () => output, stop };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
