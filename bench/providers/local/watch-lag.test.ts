import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDatabases, type TestDatabases } from '../../test/support/app-world.ts';
import { watchLag } from './watch-lag.ts';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(() => databases.stop());

const watched = () => [
  { topology: 'a', region: 'cdg', role: 'primary', url: databases.primary.url } as const,
  { topology: 'a', region: 'syd', role: 'replica', url: databases.replica.url } as const,
  // Without replicas there is nothing to watch.
  { topology: 'b', region: 'cdg', role: 'primary', url: 'postgres://127.0.0.1:1/none' } as const,
];

test('reads how long commits take to show at a replica', async () => {
  const watch = watchLag(watched());
  await sleep(2600);
  const readings = await watch.stop();
  expect(readings.length).toBeGreaterThanOrEqual(2);
  for (const { target, region, lagMs, atUs } of readings) {
    expect([target, region]).toEqual(['a', 'syd']);
    expect(lagMs).toBeGreaterThanOrEqual(0);
    expect(Math.abs(atUs / 1000 - Date.now())).toBeLessThan(20_000);
  }
});

test('sees that a replica has stopped replaying', async () => {
  const { primary, replica } = databases;
  await replica.sql`select pg_wal_replay_pause()`;
  const watch = watchLag(watched());
  await sleep(600);
  await replica.sql`select pg_wal_replay_resume()`;
  await sleep(200);
  const [first] = await watch.stop();
  expect(first?.lagMs).toBeGreaterThan(400);
  expect((await primary.sql`select 1`).length).toBe(1);
});

test('ends quietly where nothing answers', async () => {
  const url = 'postgres://127.0.0.1:1/none';
  const watch = watchLag(watched().map((database) => ({ ...database, url })));
  await sleep(100);
  expect(await watch.stop()).toEqual([]);
});
