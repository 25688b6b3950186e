import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../base/package-root.ts';
import { launchBench, type Running } from '../support/bench.ts';
import { descendantsOf, leftAfter, type Seen } from '../support/processes.ts';
import { segmentsOf } from '../support/shared-memory.ts';

interface World {
  readonly databases: readonly {
    readonly role: string;
    readonly pid: number;
    readonly url: string;
    readonly passfile: string;
  }[];
  readonly machines: readonly { readonly pid: number }[];
  readonly pids: readonly number[];
}

let running: Running;
let output: string;
let world: World;
let seen: Seen[];
let password: string;

beforeAll(async () => {
  const world_ = ['--regions', 'cdg,syd', '--topologies', 'read-replicas'];
  running = await launchBench(['world', 'up', '--json', ...world_]);
  [output] = (await once(running.child.stdout.setEncoding('utf8'), 'data')) as [string];
  world = JSON.parse(output) as World;
  seen = descendantsOf(running.pid);
  password = readFileSync(passfile(), 'utf8').trim().split(':').at(-1) ?? '';
});
afterAll(() => running.tidyUp());

const passfile = () => world.databases[0]?.passfile ?? '';
const isRoot = process.getuid?.() === 0;
const nobody = 65534;
const ports = () => world.databases.map(({ url }) => Number(new URL(url).port));

type Login = { readonly user: string; readonly password?: string; readonly database: string };

const logins: readonly Login[] = ['postgres', 'recipes', 'bench_monitor', 'bench_replication']
  .flatMap((user) => ['recipes', 'postgres'].map((database) => ({ user, database })))
  .flatMap((login) => [login, { ...login, password: '' }, { ...login, password: login.user }]);

/** Tries every login at every port, and says which were let in. */
const intruder = `
import postgres from 'postgres';
const { ports, logins } = JSON.parse(process.argv[1]);
const tried = ports.flatMap((port) => logins.map(async (login) => {
  const sql = postgres({ host: '127.0.0.1', port, ...login, max: 1, connect_timeout: 20 });
  const how = await sql\`select 1\`.then(() => 'let in', (error) => error.code);
  await sql.end({ timeout: 1 }).catch(() => undefined);
  return [port, login, how];
}));
console.log(JSON.stringify(await Promise.all(tried)));
`;

test.for([
  { who: 'who runs bench, without the password', uid: process.getuid?.() ?? 0, possible: true },
  { who: 'another user', uid: nobody, possible: isRoot },
])('no database lets in $who', async ({ uid, possible }, { skip }) => {
  skip(!possible, 'only root can become another user');
  const parameters = JSON.stringify({ ports: ports(), logins });
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', intruder, parameters],
    // Whoever set PGPASSWORD for another database shall not change what is tried.
    { cwd: packageRoot(), env: { PATH: process.env['PATH'] }, ...(isRoot ? { uid } : {}) },
  );
  const [said, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  // A package that others can't read can't be tried by them.
  skip(uid !== process.getuid?.() && complaints.includes('EACCES'), 'out of reach of others');
  const tried = JSON.parse(said) as [number, Login, string][];
  expect(tried).toHaveLength(ports().length * logins.length);
  expect(tried.filter(([, , how]) => !/^(28P01|28000)$/.test(how))).toEqual([]);
});

test('no port of the world speaks Postgres without a password, tunnels included', async () => {
  const listening = portsOf(world.pids);
  // Two apps, two edges, two echoes, two databases, and the tunnels between them.
  expect(listening.length).toBeGreaterThanOrEqual(9);
  const tried = listening.flatMap((port) =>
    ['postgres', 'recipes', 'bench_replication'].flatMap((user) =>
      [false, true].map(async (replication) => ({
        ...{ port, user, replication, answer: await greeting(port, user, replication) },
      })),
    ),
  );
  const answers = await Promise.all(tried);
  expect(answers.filter(({ answer }) => answer === 'let in')).toEqual([]);
  // The databases themselves, and through tunnels.
  const asking = new Set(answers.flatMap(({ port, answer }) => (answer === 'asks' ? [port] : [])));
  expect(asking.size).toBeGreaterThan(ports().length);
});

/** What a server answers to the first message of a client. */
async function greeting(port: number, user: string, replication: boolean): Promise<string> {
  const words = ['user', user, 'database', 'recipes'];
  if (replication) words.push('replication', 'true');
  const body = Buffer.from(`${words.join('\0')}\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + body.length);
  head.writeInt32BE(196_608, 4);
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write(Buffer.concat([head, body]));
  // What is no Postgres may say nothing; links are 280 ms long.
  const answer = Promise.race([once(socket, 'data'), once(socket, 'close'), sleep(3000, [])]);
  const [data] = (await answer) as [Buffer?];
  socket.destroy();
  if (!Buffer.isBuffer(data) || data[0] !== 'R'.charCodeAt(0) || data.length < 9) return 'other';
  // 10: SASL, of which SCRAM is the one kind.
  return data.readInt32BE(5) === 10 ? 'asks' : 'let in';
}

/** The TCP ports on which these processes listen. */
function portsOf(pids: readonly number[]): number[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && sockets.has(fields[9] ?? ''))
    .map((fields) => parseInt(fields[1]?.split(':')[1] ?? '', 16));
}

const socketsOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });

test('the password is the user’s alone: in no command line or log', () => {
  expect(password.length).toBeGreaterThanOrEqual(32);
  expect(statSync(passfile()).mode & 0o777).toBe(0o600);
  // Whoever asks for the URL is the user.
  expect(world.databases[0]?.url).toContain(password);
  const secrets = [password, ...filesIn(dirname(passfile()), 'replication.pgpass').map(secretIn)];
  expect(secrets).toHaveLength(2);
  const commandLines = seen.map(({ command }) => command).join('\n');
  const logs = filesIn(dirname(passfile()), '.log').map((file) => readFileSync(file, 'utf8'));
  expect(logs.length).toBeGreaterThanOrEqual(4);
  for (const secret of secrets) {
    expect(commandLines).not.toContain(secret);
    expect(logs.join('\n')).not.toContain(secret);
  }
  for (const file of filesIn(dirname(passfile()), '.log', 'pgpass'))
    expect(statSync(file).mode & 0o077).toBe(0);
});

const secretIn = (file: string): string =>
  readFileSync(file, 'utf8').trim().split(':').at(-1) ?? '';

const filesIn = (folder: string, ...ends: string[]): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ends.some((end) => name.endsWith(end)) && !/\/base\//.test(name))
    .map((name) => join(folder, name));

test.runIf(isRoot)('the servers run as ids that are no account’s', () => {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':')[2]);
  for (const { pid } of world.databases) {
    const { uid, gid } = statSync(`/proc/${pid}`);
    expect(accounts).not.toContain(String(uid));
    expect(uid).toBeGreaterThan(1000);
    expect(gid).toBe(uid);
  }
});

/** What would run a program, read or write a file, or give more rights: 42501 is "not permitted". */
const attempts: readonly (readonly [statement: string, code?: string])[] = [
  [`copy (select 1) to program 'id'`],
  [`create table t (x text); copy t from program 'id'`],
  [`create table t (x text); copy t from '/etc/passwd'`],
  [`copy (select 1) to '/tmp/walls-copied'`],
  [`select pg_read_file('/etc/passwd')`],
  [`select pg_read_binary_file('postgresql.conf')`],
  [`select pg_ls_dir('/')`],
  [`select pg_stat_file('/etc/passwd')`],
  [`select lo_import('/etc/passwd')`],
  [`select lo_export(lo_create(0), '/tmp/walls-exported')`],
  ['create role intruder superuser'],
  ['create role intruder'],
  ['alter role recipes superuser'],
  ['alter role recipes replication'],
  [`alter role postgres login password 'x'`],
  ['set role postgres'],
  ['set session authorization postgres'],
  ['grant pg_execute_server_program to recipes'],
  ['grant pg_read_server_files to recipes'],
  ['grant pg_monitor to recipes'],
  [`alter system set archive_command = 'id'`],
  [`set session_preload_libraries = 'x'`],
  [`alter database recipes set session_preload_libraries = 'x'`],
  [`load '/tmp/x.so'`],
  ['select rolpassword from pg_authid'],
  ['select usename, passwd from pg_shadow'],
  [`update pg_database set datallowconn = true`],
  [`create tablespace t location '/tmp'`],
  [`create function f() returns int language c as '/lib/libc.so.6', 'getpid'`],
  [`create function f() returns int language internal as 'pg_reload_conf'`],
  ['create event trigger t on ddl_command_start execute function pg_notify()'],
  [`create subscription s connection 'host=127.0.0.1' publication p`],
  ['select pg_reload_conf()'],
  ['select pg_promote()'],
  [`select pg_create_physical_replication_slot('s')`],
  ['checkpoint'],
  // Those that are not installed here can't be created either.
  ...['file_fdw', 'dblink', 'postgres_fdw', 'adminpack', 'plpython3u', 'plperlu'].map(
    (name) => [`create extension ${name}`, '42501|0A000|58P01'] as const,
  ),
];

test('with its own URL the app runs no program, reads no file, and gets no more rights', async () => {
  const primary = world.databases.find(({ role }) => role === 'primary');
  const sql = postgres(primary?.url ?? '', { password, max: 1, onnotice: () => undefined });
  try {
    const [row] = await sql`select rolsuper, rolcreaterole, rolcreatedb, rolreplication
      from pg_roles where rolname = current_user`;
    expect(Object.values(row ?? {})).toEqual([false, false, false, false]);
    // What an app must be able to do with its own database.
    await sql`create table mine (x int)`;
    await sql`drop table mine`;
    const results = [];
    for (const [statement, code = '42501'] of attempts) {
      const how = await sql.unsafe(statement).then(
        () => 'done',
        (error: unknown) => String((error as { code?: unknown }).code),
      );
      if (!new RegExp(`^(${code})$`).test(how)) results.push([statement, how]);
    }
    expect(results).toEqual([]);
  } finally {
    await sql.end({ timeout: 1 });
  }
});

test('a postmaster that is killed leaves nothing, and the command says so', async () => {
  const pids = world.databases.map(({ pid }) => pid);
  const { uid } = statSync(`/proc/${pids[0] ?? 0}`);
  expect(segmentsOf(pids, uid)).toHaveLength(pids.length);
  // What lies in the system's shared memory would outlive it.
  for (const pid of pids)
    expect(readFileSync(`/proc/${pid}/maps`, 'utf8')).not.toContain('/dev/shm/');
  process.kill(pids[0] ?? 0, 'SIGKILL');
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('the primary database of read-replicas in cdg ended by itself');
  expect(await leftAfter(seen, 30_000)).toEqual([]);
  expect(segmentsOf(pids, uid)).toEqual([]);
  expect(await running.leftFiles()).toEqual([]);
});
