import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { programPath } from '../../base/package-root.ts';
import { freePorts } from '../../providers/local/free-ports.ts';
import { startGuard } from '../../providers/local/guard/guard.ts';
import { copyCluster, initCluster } from '../../providers/local/postgres/cluster.ts';
import { findPostgres } from '../../providers/local/postgres/find.ts';
import { startPostgres } from '../../providers/local/postgres/server.ts';
import { tempFolder } from '../../providers/local/postgres/temp-folder.ts';

/** The recipe app's database, with or without a streaming replica, for tests of the app. */
export interface TestDatabases {
  readonly primary: { readonly port: number; readonly url: string; readonly sql: postgres.Sql };
  /** Undefined if none was wanted. */
  readonly replica: { readonly port: number; readonly sql: postgres.Sql } | undefined;
  stop(): Promise<void>;
}

/** Starts a seeded primary and, if wanted, a replica of it that has caught up. */
export async function startDatabases(wanted: { replica: boolean }): Promise<TestDatabases> {
  const [install, guard, [primaryPort = 0, replicaPort = 0]] = await Promise.all([
    findPostgres(),
    startGuard(),
    freePorts(2),
  ]);
  const folder = await tempFolder(install);
  guard.folder(folder);
  const dataDir = (name: string) => join(folder, 'data', name);
  const options = { maxConnections: 60, guard };
  await initCluster(install, dataDir('primary'), { guard });
  const start = () =>
    startPostgres(install, { ...options, dataDir: dataDir('primary'), port: primaryPort });
  let primary = await start();
  await createSeeded(primaryPort);
  const servers = [primary];
  if (wanted.replica) {
    await primary.stop('fast');
    await copyCluster(install, dataDir('primary'), dataDir('replica'), { guard });
    primary = await start();
    const standbyOf = { port: primaryPort, name: 'replica' };
    const replica = { ...options, dataDir: dataDir('replica'), port: replicaPort, standbyOf };
    servers.splice(0, 1, primary, await startPostgres(install, replica));
  }
  const pools = [primaryPort, replicaPort].map((port) => postgres(urlOf(port), quiet));
  const [primarySql, replicaSql] = pools;
  if (primarySql === undefined || replicaSql === undefined) throw new Error('two pools');
  return {
    primary: { port: primaryPort, url: urlOf(primaryPort), sql: primarySql },
    replica: wanted.replica ? { port: replicaPort, sql: replicaSql } : undefined,
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.end({ timeout: 0 })));
      await Promise.all(servers.map((server) => server.stop('immediate')));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      await guard.release();
    },
  };
}

const quiet = { max: 2, onnotice: () => undefined };

export const urlOf = (port: number): string => `postgres://postgres@127.0.0.1:${port}/recipes`;

async function createSeeded(port: number): Promise<void> {
  const sql = postgres(`postgres://postgres@127.0.0.1:${port}/postgres`, quiet);
  await sql`create database recipes`.finally(() => sql.end({ timeout: 1 }));
  await promisify(execFile)(process.execPath, [programPath('app'), 'migrate'], {
    env: { DATABASE_URL: urlOf(port) },
  });
}

/** Waits until the replica shows all that the primary has. */
export async function caughtUp({ primary, replica }: TestDatabases): Promise<void> {
  const [now] = await primary.sql<{ lsn: string }[]>`select pg_current_wal_lsn()::text as lsn`;
  for (;;) {
    const rows = await replica?.sql`
      select 1 where pg_last_wal_replay_lsn() >= ${now?.lsn ?? ''}::text::pg_lsn`;
    if (rows?.length === 1) return;
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
  const args = ['--import', `file://${programPath('private-network')}`, programPath('app')];
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
  while (!(await isHealthy(url))) {
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
