import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { freePorts } from '../free-ports.ts';
import { startGuard, type Guard } from '../guard/guard.ts';
import { startTimeOf } from '../guard/identity.ts';
import { writePrivate } from './access.ts';
import { copyCluster, initCluster } from './cluster.ts';
import { makeCredentials, passwordLine, roles, secretUrl } from './credentials.ts';
import { findPostgres } from './find.ts';
import type { PostgresInstall } from './install.ts';
import { scramVerifier } from './scram.ts';
import { startPostgres, type PostgresServer, type ServerOptions } from './server.ts';
import { tempFolder } from './temp-folder.ts';
import { isPortTaken } from './trouble.ts';

let install: PostgresInstall;
let guard: Guard;
let folder: string;
const started: PostgresServer[] = [];

/** One cluster with a table in it, stopped: what every test copies. */
beforeAll(async () => {
  install = await findPostgres({ env: {} });
  guard = await startGuard();
  folder = await tempFolder(install);
  guard.folder(folder);
  await initCluster(install, dataDirOf('template'), { guard, password: credentials.superuser });
  const line = passwordLine(credentials, 'replication', 'replication');
  await writePrivate(passwordFile(), line, install.user);
  const server = await start('template');
  await query(server, async (sql) => {
    await sql`create table recipe (name text primary key)`;
    const verifier = scramVerifier(credentials.replication);
    await sql.unsafe(`create role ${roles.replication} login replication password '${verifier}'`);
  });
  await server.stop('fast');
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop('immediate')));
});

afterAll(async () => {
  await rm(folder, { recursive: true, maxRetries: 5 });
  await guard.release();
});

const credentials = makeCredentials();
const passwordFile = () => join(folder, 'databases', 'pgpass');
const dataDirOf = (name: string) => join(folder, 'databases', name);

async function start(name: string, options: Partial<ServerOptions> = {}): Promise<PostgresServer> {
  const [port = 0] = await freePorts(1);
  const defaults = { port, dataDir: dataDirOf(name), maxConnections: 20, guard };
  const server = await startPostgres(install, { ...defaults, ...options });
  started.push(server);
  return server;
}

async function startCopy(name: string, options?: Partial<ServerOptions>): Promise<PostgresServer> {
  await copyCluster(install, dataDirOf('template'), dataDirOf(name), { guard });
  return start(name, options);
}

async function query<T>(
  { port }: PostgresServer,
  ask: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const url = secretUrl(credentials, 'superuser', { port, database: 'postgres' });
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  return ask(sql).finally(() => sql.end({ timeout: 1 }));
}

/** A plain TCP proxy, where the emulated ocean would be. */
async function proxyTo(port: number): Promise<number> {
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    near.pipe(far).on('error', () => near.destroy());
    far.pipe(near).on('error', () => far.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  return (proxy.address() as AddressInfo).port;
}

const names = (sql: postgres.Sql) => sql`select name from recipe order by name`.values();
const quickly = { timeout: 30_000, interval: 20 };

test('what is written on the primary streams to its replicas, which refuse writes', async () => {
  const primary = await startCopy('primary');
  const port = await proxyTo(primary.port);
  const replicas = await Promise.all(
    ['ord', 'syd'].map((name) =>
      startCopy(name, { standbyOf: { port, name, passwordFile: passwordFile() } }),
    ),
  );
  await vi.waitFor(async () => {
    const rows = await query(
      primary,
      (sql) =>
        sql`select application_name from pg_stat_replication where state = 'streaming' order by 1`,
    );
    expect(rows.map((row) => row['application_name'] as string)).toEqual(['ord', 'syd']);
  }, quickly);

  await query(primary, (sql) => sql`insert into recipe values ('Crème brûlée')`);
  for (const replica of replicas) {
    await vi.waitFor(async () => {
      expect(await query(replica, names)).toEqual([['Crème brûlée']]);
    }, quickly);
    const refused = query(replica, (sql) => sql`insert into recipe values ('Pie')`);
    await expect(refused).rejects.toMatchObject({ code: '25006' });
  }
});

test('a replica answers though its primary is away, and catches up when it comes', async () => {
  const [port = 0] = await freePorts(1);
  const replica = await startCopy('early', {
    standbyOf: { port, name: 'early', passwordFile: passwordFile() },
  });
  expect(await query(replica, names)).toEqual([]);
  const primary = await startCopy('late', { port });
  await query(primary, (sql) => sql`insert into recipe values ('Soup')`);
  await vi.waitFor(async () => {
    expect(await query(replica, names)).toEqual([['Soup']]);
  }, quickly);
});

test('stop ends everything: no process, no port', async () => {
  const servers = await Promise.all(['one', 'two', 'three', 'four'].map((name) => startCopy(name)));
  const pids = (
    await Promise.all(
      servers.map((server) => query(server, (sql) => sql`select pid from pg_stat_activity`)),
    )
  ).flatMap((rows) => rows.map((row) => row['pid'] as number));
  const all = [...pids, ...servers.map(({ pid }) => pid)];
  expect(all.filter((pid) => startTimeOf(pid) !== undefined).length).toBeGreaterThan(10);

  const before = performance.now();
  await Promise.all(servers.map((server) => server.stop('immediate')));
  expect(performance.now() - before).toBeLessThan(10_000);
  await vi.waitFor(() => {
    expect(all.filter((pid) => startTimeOf(pid) !== undefined)).toEqual([]);
  }, quickly);
  for (const server of servers) {
    await expect(once(connect(server.port, '127.0.0.1'), 'connect')).rejects.toThrow(
      'ECONNREFUSED',
    );
    expect(await server.exited).toEqual({ code: expect.any(Number) as number });
    await server.stop('fast');
  }
});

test('listens on 127.0.0.1 only, and on no socket file', async () => {
  const server = await startCopy('lonely');
  await expect(once(connect(server.port, '::1'), 'connect')).rejects.toThrow(/ECONNREFUSED|EADDR/);
  expect(existsSync(`/tmp/.s.PGSQL.${server.port}`)).toBe(false);
});

test('the cluster is its user’s alone, knows UTF-8, and folds letters beyond ASCII', async () => {
  const server = await startCopy('owned');
  const { uid, mode } = await stat(dataDirOf('owned'));
  expect(uid).toBe(install.user?.uid ?? process.getuid?.());
  expect(mode & 0o777).toBe(0o700);
  const [row] = await query(
    server,
    (sql) =>
      sql`select pg_encoding_to_char(encoding) as encoding, lower('ÉCLAIR') as lower, 'a' < 'B' as dictionary
          from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({ encoding: 'UTF8', lower: 'éclair', dictionary: false });
});

test('a taken port is a clear error, and nothing stays', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as AddressInfo;
  const error: unknown = await startCopy('taken', { port }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    kind: 'fault',
    message: 'Postgres could not start: its port is taken by another program.',
  });
  expect(isPortTaken(error)).toBe(true);
  expect(existsSync(join(dataDirOf('taken'), 'postmaster.pid'))).toBe(false);
});

test('a server that does not come up says why', async () => {
  await copyCluster(install, dataDirOf('template'), dataDirOf('broken'), { guard });
  await rm(join(dataDirOf('broken'), 'global', 'pg_control'));
  await expect(start('broken')).rejects.toThrow(/could not start: .*pg_control/);
  expect(await readFile(`${dataDirOf('broken')}.log`, 'utf8')).toContain('pg_control');
});

test.each([
  ['at once', 0],
  ['when the server may be ready', 1000],
])('a start that is aborted %s leaves nothing running', async (_, ms) => {
  const abort = new AbortController();
  const watched: number[] = [];
  const abortingGuard = {
    watch: (...[child, signal]: Parameters<Guard['watch']>) => {
      guard.watch(child, signal);
      watched.push(child.pid as number);
      // Nothing looks whether it is ready meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
      abort.abort(new Error('Ctrl-C'));
    },
  };
  const starting = startCopy(`aborted-${String(ms)}`, {
    guard: abortingGuard,
    signal: abort.signal,
  });
  await expect(starting).rejects.toThrow('Ctrl-C');
  expect(watched).toHaveLength(1);
  expect(watched.filter((pid) => startTimeOf(pid) !== undefined)).toEqual([]);
});

test('an aborted initdb ends', async () => {
  const abort = new AbortController();
  const making = initCluster(install, dataDirOf('cut'), {
    ...{ guard, signal: abort.signal, password: credentials.superuser },
  });
  await vi.waitFor(() => {
    expect(
      ['', '.init'].some((end) => existsSync(join(`${dataDirOf('cut')}${end}`, 'PG_VERSION'))),
    ).toBe(true);
  }, quickly);
  abort.abort(new Error('Ctrl-C'));
  await expect(making).rejects.toThrow('Ctrl-C');
});

test('a running cluster is not copied', async () => {
  await startCopy('running');
  const copy = copyCluster(install, dataDirOf('running'), dataDirOf('never'), { guard });
  await expect(copy).rejects.toThrow('a server runs in');
});
