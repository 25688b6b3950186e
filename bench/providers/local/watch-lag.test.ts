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
  { topology: 'a', region: 'cdg', role: 'primary', monitorUrl: databases.primary.url } as const,
  { topology: 'a', region: 'syd', role: 'replica', monitorUrl: databases.replica.url } as const,
  // Without replicas there is nothing to watch.
  {
    topology: 'b',
    region: 'cdg',
    role: 'primary',
    monitorUrl: 'postgres://127.0.0.1:1/none',
  } as const,
];

test('reads how long commits take to show at a replica', async () => {
  const watch = watchLag(watched());
  await madeCommits(3);
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
  await madeCommits(1);
  await sleep(500);
  await replica.sql`select pg_wal_replay_resume()`;
  await madeCommits(1);
  const [first] = await watch.stop();
  expect(first?.lagMs).toBeGreaterThan(400);
  expect((await primary.sql`select 1`).length).toBe(1);
});

test('ends quietly where nothing answers', async () => {
  const monitorUrl = 'postgres://127.0.0.1:1/none';
  const watch = watchLag(watched().map((database) => ({ ...database, monitorUrl })));
  await sleep(100);
  expect(await watch.stop()).toEqual([]);
});

/** Waits for so many commits more of the watch: before each, it has read the one before. */
async function madeCommits(count: number): Promise<void> {
  const last = async () => {
    const [row] = await databases.primary.sql`
      select query_start::text as at from pg_stat_activity
      where application_name = 'bench' and state = 'idle' and query like '%pg_current_wal_flush_lsn%'`;
    return row?.['at'] as string | undefined;
  };
  for (let made = 0, before = await last(); made < count; made++) {
    await expect.poll(last, { interval: 10 }).not.toBeOneOf([before, undefined]);
    before = await last();
  }
}
