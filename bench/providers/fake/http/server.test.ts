import { expect, test } from 'vitest';
import {
  asker,
  config,
  eventually,
  fakeWithApp,
  machines,
  started,
} from '../../../test/support/fake-fly.ts';

test('every answer has a request id, and only the right token is let in', async () => {
  const { ask, fake } = await fakeWithApp();
  const id = /^[0-9A-HJKMNP-TV-Z]{26}-cdg$/;
  expect((await ask('GET', machines)).headers.get('fly-request-id')).toMatch(id);
  const stranger = asker({ url: fake.url, token: 'another' });
  const refused = await stranger('GET', machines);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('fly-request-id')).toMatch(id);
  const without = await fetch(`${fake.url}${machines}`);
  expect(without.status).toBe(401);
  const scheme = { authorization: `FlyV1 ${fake.token}` };
  expect((await ask('GET', machines, undefined, scheme)).status).toBe(200);
});

test('the regions are told in either spelling, with the retired ones', async () => {
  const lower = (await (await fakeWithApp()).ask('GET', '/v1/platform/regions')).body;
  const upper = await (
    await fakeWithApp({ regionsKeys: 'Regions' })
  ).ask('GET', '/v1/platform/regions');
  const list = lower['regions'] as { code: string; deprecated: boolean; geo_region: string }[];
  expect(lower['nearest']).toBe('cdg');
  expect(upper.body).toEqual({ Regions: list, Nearest: 'cdg' });
  expect(list.find(({ code }) => code === 'syd')?.geo_region).toBe('asia_pacific');
  const usable = list.filter(({ deprecated }) => !deprecated).map(({ code }) => code);
  expect(usable.join(' ')).toBe(
    'ams arn cdg dfw ewr fra gru iad jnb lax lhr nrt ord sin sjc syd yyz',
  );
  expect(list.find(({ code }) => code === 'scl')?.deprecated).toBe(true);
});

test('the documented limits: one a second with a burst of three, machines are read faster', async () => {
  const { ask, fake } = await fakeWithApp({ rateLimits: true });
  const { id } = await started(ask, 'sleep 60');
  const statuses = async (n: number, method: string, path: string, body?: unknown) =>
    (await Promise.all(Array.from({ length: n }, () => ask(method, path, body)))).map(
      ({ status }) => status,
    );
  const run = { command: ['true'] };
  const execs = await statuses(8, 'POST', `${machines}/${id}/exec`, run);
  expect(execs.slice().sort().slice(0, 3)).toEqual([200, 200, 200]);
  expect(execs).toContain(429);
  const reads = await statuses(10, 'GET', `${machines}/${id}`);
  expect(reads).toEqual(reads.map(() => 200));
  const created = await statuses(3, 'POST', machines, { config: config('sleep 60') });
  // One was made above; the bucket may have filled again meanwhile.
  expect(created.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
  fake.faults.failOnce('machine.list', 429);
  expect((await ask('GET', machines)).body).toEqual({ error: 'rate limit exceeded' });
  expect(fake.requests.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(2);
});

test('a call fails as it was told: once, for a while, before or after its effect', async () => {
  const { ask, fake } = await fakeWithApp();
  const create = () => ask('POST', machines, { config: config('sleep 60') });
  fake.faults.failOnce('machine.create', 500);
  fake.faults.failOnce('machine.create', 'drop-before');
  expect((await create()).status).toBe(500);
  await expect(create()).rejects.toThrow('fetch failed');
  expect(fake.machinesEver).toHaveLength(0);
  fake.faults.failOnce('machine.create', 'drop-after');
  await expect(create()).rejects.toThrow('fetch failed');
  expect(fake.machinesEver).toHaveLength(1);
  fake.faults.failOnce('machine.create', { after: 408 });
  expect((await create()).status).toBe(408);
  expect(fake.machinesEver).toHaveLength(2);
  fake.faults.failFor('*', 60_000, 503);
  expect((await ask('GET', machines)).status).toBe(503);
  expect((await ask('GET', '/v1/apps/bench')).status).toBe(503);
  fake.faults.failFor('*', 200, 503);
  await eventually(async () => (await ask('GET', machines)).status).toBe(200);
  expect(fake.requests.map(({ status }) => status).slice(1, 5)).toEqual([500, 0, 0, 408]);
});

test('each action fails once, whichever comes first', async () => {
  const { ask, fake } = await fakeWithApp();
  fake.faults.failEveryActionOnce(502);
  for (const path of [machines, '/v1/apps/bench', '/v1/platform/regions']) {
    expect((await ask('GET', path)).status).toBe(502);
    expect((await ask('GET', path)).status).toBe(200);
  }
});

test('while the network is cut nothing comes through, and then everything does', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id } = await started(ask, 'sleep 60');
  const waiting = ask('GET', `${machines}/${id}/wait?state=destroyed&timeout=60`);
  const cut = expect(waiting).rejects.toThrow('fetch failed');
  await eventually(() => ask('GET', machines)).toBeDefined();
  fake.cutNetwork(1500);
  await cut;
  await expect(ask('GET', machines)).rejects.toThrow('fetch failed');
  await eventually(() =>
    ask('GET', machines).then(
      ({ status }) => status,
      () => 'cut',
    ),
  ).toBe(200);
  expect(fake.machines()[0]?.state).toBe('started');
});

test('answers can be late, and unknown calls and broken JSON have an answer', async () => {
  const { ask, fake } = await fakeWithApp();
  fake.faults.delay('regions', 200);
  await ask('GET', '/v1/platform/regions');
  expect(fake.requests.at(-1)?.ms).toBeGreaterThan(150);
  expect((await ask('GET', '/v1/volumes')).status).toBe(404);
  const response = await fetch(fake.url + machines, {
    method: 'POST',
    headers: { authorization: `Bearer ${fake.token}` },
    body: '{',
  });
  expect(response.status).toBe(400);
});
