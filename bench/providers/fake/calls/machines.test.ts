import { expect, test } from 'vitest';
import {
  type Ask,
  config,
  eventually,
  fakeWithApp,
  machines,
  started,
} from '../../../test/support/fake-fly.ts';

const create = (ask: Ask, more: Readonly<Record<string, unknown>> = {}) =>
  ask('POST', machines, { region: 'cdg', config: config('sleep 60'), ...more });

test('a machine is told of as the API does', async () => {
  const { ask } = await fakeWithApp();
  const { status, body } = await create(ask, { name: 'one' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: 'one', state: 'created', region: 'cdg' });
  expect(body['id']).toMatch(/^[0-9a-f]{14}$/);
  expect(body['instance_id']).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(body['private_ip']).toMatch(/^fdaa:/);
  expect(body['image_ref']).toMatchObject({ repository: 'grafana/k6', tag: '2.2.0' });
  expect(body['created_at']).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(body).not.toHaveProperty('nonce');
});

test('it passes through the states, and its events are newest first', async () => {
  const { ask, fake } = await fakeWithApp({ delays: { createMs: 300 } });
  const { body } = await create(ask);
  const [machine] = fake.machines();
  const seen = [machine?.state];
  while (seen.at(-1) !== 'started') {
    await machine?.changed(new AbortController().signal);
    seen.push(machine?.state);
  }
  // `created` lasts no time at all.
  expect(seen).toEqual(['creating', 'starting', 'started']);
  const path = `${machines}/${String(body['id'])}`;
  const events = (await ask('GET', `${path}/events`)).body as unknown as { type: string }[];
  expect(events.map(({ type }) => type)).toEqual(['start', 'launch']);
  expect((await ask('GET', `${path}/events?limit=1`)).body).toHaveLength(1);
  expect((await ask('GET', `${path}/events?limit=51`)).status).toBe(400);
  expect(fake.machinesEver).toHaveLength(1);
});

test('lists filter by metadata, region and state', async () => {
  const { ask } = await fakeWithApp();
  const of = (run: string) => config('sleep 60', { metadata: { run, kind: 'x' } });
  await create(ask, { config: of('a') });
  await create(ask, { config: of('b'), region: 'syd', skip_launch: true });
  const names = async (query: string) =>
    ((await ask('GET', `${machines}?${query}`)).body as unknown as { region: string }[]).map(
      ({ region }) => region,
    );
  expect(await names('')).toEqual(['cdg', 'syd']);
  expect(await names('metadata.kind=x&metadata.run=b')).toEqual(['syd']);
  expect(await names('metadata.run=c')).toEqual([]);
  expect(await names('region=cdg')).toEqual(['cdg']);
  await eventually(() => names('state=created,stopped')).toEqual(['syd']);
  const summary = (await ask('GET', `${machines}?summary=true`)).body as unknown as object[];
  expect(summary[0]).not.toHaveProperty('config');
});

test('a new machine is 404 for a moment, and may be missing in lists', async () => {
  const { ask } = await fakeWithApp({ delays: { visibleMs: 60_000, listedMs: 60_000 } });
  const { body } = await create(ask);
  const path = `${machines}/${String(body['id'])}`;
  expect((await ask('GET', machines)).body).toEqual([]);
  expect(await ask('GET', path)).toMatchObject({
    status: 404,
    body: { error: 'not_found: machine not found' },
  });
  expect((await ask('GET', `${path}/wait?timeout=1`)).status).toBe(404);
  expect((await ask('POST', `${path}/exec`, { command: ['true'] })).status).toBe(404);

  const soon = await fakeWithApp({ delays: { visibleMs: 300, listedMs: 300 } });
  const { id } = (await create(soon.ask)).body;
  const there = async () => (await soon.ask('GET', `${machines}/${String(id)}`)).status;
  await eventually(there).toBe(200);
  await eventually(async () => (await soon.ask('GET', machines)).body).toHaveLength(1);
});

test('destroyed machines may be forgotten at once', async () => {
  const { ask } = await fakeWithApp({ forgetDestroyed: true });
  const { id } = await started(ask, 'sleep 60');
  await ask('DELETE', `${machines}/${id}?kill=true`);
  expect((await ask('GET', `${machines}/${id}`)).status).toBe(404);
});

test('a retired region is refused in the words that were seen, an unknown one too', async () => {
  const { ask, fake } = await fakeWithApp();
  expect(await create(ask, { region: 'scl' })).toMatchObject({
    status: 422,
    body: {
      error:
        'Region scl is deprecated and cannot have new resources provisioned. Please consider using an alternate region such as gru',
    },
  });
  expect((await create(ask, { region: 'xyz' })).status).toBe(400);
  expect(fake.machinesEver).toEqual([]);
});

test('a region without room answers so, and the next of a list is taken', async () => {
  const { ask, fake } = await fakeWithApp();
  fake.shortage('gru', 'capacity');
  fake.shortage('sjc', 'quota');
  expect(await create(ask, { region: 'gru' })).toMatchObject({
    status: 409,
    body: { status: 'insufficient_capacity', error: expect.stringMatching(/^aborted:/) as string },
  });
  expect(await create(ask, { region: 'sjc' })).toMatchObject({
    status: 403,
    body: { error: expect.stringMatching(/over the allowed quota/) as string },
  });
  expect((await create(ask, { region: 'gru,iad' })).body['region']).toBe('iad');
  expect((await create(ask, { region: 'sa,syd' })).body['region']).toBe('syd');
  fake.shortage('gru', undefined);
  expect((await create(ask, { region: 'gru' })).body['region']).toBe('gru');
});

const guest = (kind: string, cpus: number, memory_mb: number) => ({
  guest: { cpu_kind: kind, cpus, memory_mb },
});

const refused = [
  { case: 'no image', wrong: { image: undefined } },
  { case: 'memory in the wrong steps', wrong: guest('performance', 1, 3000) },
  { case: 'too little memory', wrong: guest('performance', 4, 2048) },
  { case: 'too much memory', wrong: guest('shared', 1, 4096) },
  { case: 'a number of processors that is not offered', wrong: guest('performance', 3, 8192) },
  { case: 'another kind of processor', wrong: guest('gpu', 1, 2048) },
  { case: 'size and guest', wrong: { size: 'performance-1x' } },
  { case: 'another policy', wrong: { restart: { policy: 'never' } } },
  { case: 'a file without absolute path', wrong: { files: [{ guest_path: 'x', raw_value: '' }] } },
  { case: 'a file outside', wrong: { files: [{ guest_path: '/../x', raw_value: '' }] } },
  { case: 'a file not in base64', wrong: { files: [{ guest_path: '/x', raw_value: '%' }] } },
  { case: 'a number as environment', wrong: { env: { N: 1 } } },
  { case: 'a duration that is none', wrong: { stop_config: { timeout: '10 sec' } } },
];

test('a config that can not be is 422, and nothing is made of it', async () => {
  const { ask, fake } = await fakeWithApp();
  for (const { case: why, wrong } of refused)
    expect(await create(ask, { config: config('true', wrong) }), why).toMatchObject({
      status: 422,
      body: { error: expect.stringMatching(/^invalid_argument: /) as string },
    });
  expect(fake.machinesEver).toEqual([]);
});

test('an image that can not be pulled fails the launch, and the machine is gone', async () => {
  const { ask, fake } = await fakeWithApp();
  const { status, body } = await create(ask, { config: config('true', { image: 'grafana/k7:1' }) });
  expect(status).toBe(200);
  await eventually(() => fake.machinesEver[0]?.state).toBe('destroyed');
  const { events } = (await ask('GET', `${machines}/${String(body['id'])}`)).body;
  expect(events).toMatchObject([{ type: 'launch', status: 'failed' }, { type: 'launch' }]);
});

test('an update makes a new instance of the same machine, unless it is stale', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id, instance } = await started(ask, 'sleep 60');
  const path = `${machines}/${id}`;
  const pid = fake.machines()[0]?.pid;
  const stale = { config: config('sleep 61'), current_version: 'another' };
  expect((await ask('POST', path, stale)).status).toBe(409);
  expect((await ask('POST', path, { ...stale, region: 'syd' })).status).toBe(400);
  const { body } = await ask('POST', path, {
    config: config('sleep 61'),
    current_version: instance,
  });
  expect(body['id']).toBe(id);
  expect(body['instance_id']).not.toBe(instance);
  await eventually(() => fake.machines()[0]?.state).toBe('started');
  expect(fake.machines()[0]?.pid).not.toBe(pid);
});

test('a second machine of the same name is refused where names are unique', async () => {
  const { ask } = await fakeWithApp({ uniqueNames: true });
  expect((await create(ask, { name: 'one' })).status).toBe(200);
  expect((await create(ask, { name: 'one' })).status).toBe(409);
});
