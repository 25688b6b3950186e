import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { triesUntil } from '../../providers/local/network/testing/tries-until.ts';
import { bench, launchBench, type Running } from '../support/bench.ts';
import { descendantsOf, leftAfter, type Seen } from '../support/processes.ts';

interface World {
  readonly regions: Record<string, { readonly edges: Record<string, string> }>;
  readonly machines: readonly { topology: string; region: string; pid: number; url: string }[];
  readonly databases: readonly {
    topology: string;
    region: string;
    role: string;
    url: string;
  }[];
  readonly links: readonly { from: string; to: string; rtt_ms: number; url: string }[];
  readonly pids: readonly number[];
}

describe('bench world up --json', () => {
  let running: Running;
  let world: World;
  let seen: Seen[];

  beforeAll(async () => {
    running = await launchBench(['world', 'up', '--json', '--regions', 'cdg,syd']);
    const [line] = (await once(running.child.stdout, 'data')) as [string];
    world = JSON.parse(line) as World;
    seen = descendantsOf(running.pid);
  });
  afterAll(async () => {
    running.child.stdin.end();
    await running.ended;
    expect(await leftAfter(seen, 0)).toEqual([]);
    await running.tidyUp();
  });

  const edge = (region: string, topology = 'read-replicas'): string =>
    world.regions[region]?.edges[topology] ?? '';
  const connect = (database: World['databases'][number] | undefined) =>
    postgres(database?.url ?? '', { max: 1 });
  const timed = async (url: string, options?: Parameters<typeof request>[1]) => {
    const started = performance.now();
    const { statusCode, headers, body } = await request(url, options);
    return {
      status: statusCode,
      headers,
      text: await body.text(),
      ms: performance.now() - started,
    };
  };

  test('names every process, region, database and link', () => {
    expect(Object.keys(world.regions)).toEqual(['cdg', 'syd']);
    expect(world.machines).toHaveLength(1 + 2 + 2);
    expect(world.databases.map(({ role }) => role).sort()).toEqual([
      'primary',
      'primary',
      'primary',
      'replica',
    ]);
    expect(world.links).toHaveLength(2);
    expect(world.pids).toHaveLength(2 + 5 + 4);
    for (const pid of world.pids) expect(() => process.kill(pid, 0)).not.toThrow();
  });

  test('a reader in Sydney is served in Sydney, and shown Sydney', async () => {
    const { headers, text } = await timed(`${edge('syd')}/`);
    expect(headers['fly-region']).toBe('syd');
    expect(text).toContain('Sydney');
    expect(headers['server-timing']).toMatch(
      /app;dur=[\d.]+, db;dur=[\d.]+;desc="\d+ queries", cache;/,
    );
  });

  test('the single region answers Sydney from Paris, an ocean later', async () => {
    await timed(`${edge('syd', 'single-region')}/api/where`);
    const { headers, text, ms } = await timed(`${edge('syd', 'single-region')}/api/where`);
    expect(headers['fly-region']).toBe('cdg');
    expect(JSON.parse(text)).toMatchObject({ accepted: 'syd' });
    expect(ms).toBeGreaterThan(279);
  });

  test('a write in Sydney happens in Paris, once, and its writer reads it at once', async () => {
    const recipe = `${edge('syd')}/api/recipes/7`;
    const headers = { 'content-type': 'application/json', 'x-visitor': 'e2e' };
    const write = await timed(`${recipe}/ratings`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ stars: 4 }),
    });
    expect(write.status).toBeLessThan(300);
    expect(write.headers['fly-region']).toBe('cdg');
    expect(write.headers['fly-replay']).toBeUndefined();
    const cookie = String(write.headers['set-cookie']).split(';')[0] ?? '';
    expect(cookie).toMatch(/^fly-replay-threshold=/);

    const read = await timed(recipe, { headers: { ...headers, cookie } });
    expect(read.headers['fly-region']).toBe('cdg');
    const rating = JSON.parse(write.text) as { id: string };
    expect(JSON.parse(read.text)).toMatchObject({ yours: { id: rating.id, stars: 4 } });

    const primary = world.databases.find(
      (d) => d.topology === 'read-replicas' && d.role === 'primary',
    );
    const sql = connect(primary);
    const rows = await sql`select 1 from ratings where visitor = 'e2e'`;
    await sql.end();
    expect(rows).toHaveLength(1);
  });

  test('the write arrives at the replica across the ocean', async () => {
    const replica = world.databases.find(({ role }) => role === 'replica');
    const primary = world.databases.find(
      (d) => d.topology === 'read-replicas' && d.role === 'primary',
    );
    const [here, there] = [connect(primary), connect(replica)];
    await here`select 1`;
    await there`select 1`;
    const started = performance.now();
    await here`create table arrived (at timestamptz)`;
    const position = await here`select pg_current_wal_lsn() as lsn`;
    const arrived = async (): Promise<boolean> => {
      const [row] =
        await there`select pg_last_wal_replay_lsn() >= ${String(position[0]?.['lsn'])}::pg_lsn as yes`;
      return row?.['yes'] === true;
    };
    while (!(await arrived()) && performance.now() - started < 5000) await sleep(1);
    const lag = performance.now() - started;
    await Promise.all([here.end(), there.end()]);
    // Half a round trip of 279.5 ms.
    expect(lag).toBeGreaterThan(139);
    expect(lag).toBeLessThan(2000);
  });

  test('an echo across a link takes its round trip', async () => {
    const link = world.links.find(({ from, to }) => from === 'syd' && to === 'cdg');
    expect(link?.rtt_ms).toBe(279.5);
    const socket = createConnection(Number(new URL(link?.url ?? '').port), '127.0.0.1');
    await once(socket, 'connect');
    const echo = async () => {
      const started = performance.now();
      socket.write('a');
      await once(socket, 'data');
      return performance.now() - started;
    };
    // The first also pays for the connection.
    await echo();
    const ms = Math.min(...(await triesUntil(279.5 + 50, echo)));
    socket.destroy();
    expect(ms).toBeGreaterThan(279);
    expect(ms).toBeLessThan(279.5 + 50);
  });
});

test('a world in which a process dies says so and takes the rest down', async () => {
  const running = await launchBench([
    'world',
    'up',
    '--json',
    '--regions',
    'cdg',
    '--topologies',
    'single-region',
  ]);
  const [line] = (await once(running.child.stdout, 'data')) as [string];
  const seen = descendantsOf(running.pid);
  const world = JSON.parse(line) as World;
  process.kill(world.machines[0]?.pid ?? 0, 'SIGKILL');
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('the app of single-region in cdg ended by itself');
  expect(await leftAfter(seen, 0)).toEqual([]);
  await running.tidyUp();
});

test('bench doctor finds this machine fit', async () => {
  const { code, stdout } = await bench(['doctor', '--json']);
  const findings = JSON.parse(stdout) as { subject: string; state: string }[];
  expect(findings.filter(({ state }) => state === 'broken')).toEqual([]);
  expect(code).toBe(0);
});
