import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeFly, type FakeFly, type FakeOverrides, type Fault } from '../fake/index.ts';
import { systemClock, type Clock } from './client/clock.ts';
import { machinesClient, NoCapacity, QuotaReached, RetiredRegion } from './machines.ts';
import type { CreateMachine, MachinesApi } from './machines-api.ts';
import { destroyRun, findOurs } from './reap.ts';

const app = 'bench-a';

/** Ten times as fast as others: pauses and patience are the same, in tenths. */
const hasty: Clock = {
  now: () => performance.now() * 10,
  sleep: (ms, signal) => systemClock.sleep(ms / 10, signal),
};

/** A client of its own for a fake of its own, with the app made. */
async function onFake(overrides: FakeOverrides = {}, clock = hasty) {
  const fake = await startFakeFly({ rateLimits: clock === systemClock, ...overrides });
  onTestFinished(() => fake.close());
  const api = machinesClient({ baseUrl: fake.url, token: fake.token, clock });
  onTestFinished(() => api.close());
  await api.createApp(app, 'personal');
  return { fake, api };
}

const wanted = (region = 'cdg', run = 'r1'): CreateMachine => ({
  name: `k6-${run}-${region}`,
  region,
  config: {
    image: 'grafana/k6:2.2.0',
    guest: { cpu_kind: 'performance', cpus: 1, memory_mb: 2048 },
    env: {},
    init: { exec: ['sh', '-c', 'sleep 100'] },
    files: [],
    restart: { policy: 'no' },
    auto_destroy: false,
    metadata: { 'bench-run': run, 'bench-vantage': region },
    stop_config: { signal: 'SIGINT', timeout: '1s' },
  },
});

const alive = (fake: FakeFly) => fake.machines().filter(({ state }) => state !== 'destroying');

/** A machine's whole life, as a run leads it. */
async function wholeLife(api: MachinesApi, fake: FakeFly): Promise<void> {
  const made = await api.create(app, wanted());
  await api.wait(app, made, 'started', 300_000);
  expect(alive(fake)).toHaveLength(1);
  expect(await api.exec(app, made.id, ['sh', '-c', 'cat; exit 3'], { stdin: 'hello' })).toEqual({
    ...{ exitCode: 3, stdout: 'hello', stderr: '' },
  });
  expect((await api.get(app, made.id))?.metadata).toEqual(wanted().config.metadata);
  await expect.poll(() => api.list(app, { 'bench-run': 'r1' })).toHaveLength(1);
  await api.destroy(app, made.id);
  await api.wait(app, made, 'destroyed', 300_000);
  expect(await api.get(app, made.id)).toBeUndefined();
}

test.each<[string, FakeOverrides]>([
  ['at its best', {}],
  ['late to know what it made', { delays: { visibleMs: 150, listedMs: 150 } }],
  [
    'in its other spellings',
    {
      ...{ regionsKeys: 'Regions', exitEventIn: 'MonitorEvent', forgetDestroyed: true },
      execType: 'application/octet-stream',
    },
  ],
])('a machine lives and dies on an API %s', async (_, overrides) => {
  const { fake, api } = await onFake(overrides);
  const regions = await api.regions();
  expect(regions.find(({ code }) => code === 'gru')?.deprecated).toBe(false);
  await wholeLife(api, fake);
});

test.each<[string, Fault]>([
  ['is refused for a limit', 429],
  ['is a 503', 503],
  ['is a 408', 408],
  ['is cut before it is heard', 'drop-before'],
  ['is cut after it had its effect', 'drop-after'],
  ['fails after it had its effect', { after: 502 }],
])('and so it does if the first call of each kind %s', async (_, fault) => {
  const { fake, api } = await onFake({ delays: { listedMs: 100 } });
  fake.faults.failEveryActionOnce(fault);
  await wholeLife(api, fake);
  expect(fake.machinesEver).toHaveLength(1);
});

test('a name that is unique does not keep a lost answer from being found again', async () => {
  const { fake, api } = await onFake({ uniqueNames: true, delays: { listedMs: 700 } });
  fake.faults.failOnce('machine.create', 'drop-after');
  await api.create(app, wanted());
  expect(fake.machinesEver).toHaveLength(1);
});

test('a cut network and failures that last for seconds are sat out', async () => {
  const { fake, api } = await onFake();
  fake.cutNetwork(2000);
  const made = await api.create(app, wanted());
  await api.wait(app, made, 'started', 300_000);
  fake.faults.failFor('*', 2000, 500);
  await api.exec(app, made.id, ['true']);
  expect(fake.machinesEver).toHaveLength(1);
});

describe('eighteen machines', () => {
  test('are made without ever breaking a limit, and all found again', async () => {
    const { fake, api } = await onFake({}, systemClock);
    const regions = (await api.regions()).filter(({ deprecated }) => !deprecated);
    expect(regions.length).toBeGreaterThan(10);
    await Promise.all(
      regions.map(async ({ code }) => {
        const made = await api.create(app, wanted(code));
        await api.wait(app, made, 'started', 300_000);
      }),
    );
    expect(await findOurs(api, app)).toHaveLength(regions.length);
    expect(await destroyRun(api, app, 'r2')).toBe(0);
    expect(await destroyRun(api, app, 'r1')).toBe(regions.length);
    expect(fake.machines()).toEqual([]);
    expect(fake.requests.filter(({ status }) => status === 429)).toEqual([]);
  });
});

test('no room, a retired region, an app of somebody else and an organisation of nobody', async () => {
  const { fake, api } = await onFake({ foreignApps: ['theirs'] });
  fake.shortage('gru', 'capacity');
  fake.shortage('cdg', 'quota');
  await expect(api.create(app, wanted('gru'))).rejects.toBeInstanceOf(NoCapacity);
  await expect(api.create(app, wanted('cdg'))).rejects.toBeInstanceOf(QuotaReached);
  await expect(api.create(app, wanted('scl'))).rejects.toBeInstanceOf(RetiredRegion);
  await expect(api.app('theirs')).rejects.toMatchObject({ kind: 'usage' });
  await expect(api.createApp('theirs', 'personal')).rejects.toMatchObject({ kind: 'usage' });
  await expect(api.createApp('new', 'nobodys')).rejects.toMatchObject({ kind: 'usage' });
  const stranger = machinesClient({ baseUrl: fake.url, token: 'expired' });
  onTestFinished(() => stranger.close());
  await expect(stranger.regions()).rejects.toThrow('does not accept the token');
  expect(fake.machinesEver).toEqual([]);
});

test('a machine that can not start is told of at once', async () => {
  const { api } = await onFake();
  const { config, ...rest } = wanted();
  const made = await api.create(app, { ...rest, config: { ...config, image: 'nobody/nothing:1' } });
  await expect(api.wait(app, made, 'started', 600_000)).rejects.toThrow(
    /^Machine \w+ is (failed|destroyed|launch_failed) and will not be started/,
  );
});
