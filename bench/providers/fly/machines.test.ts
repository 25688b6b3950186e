import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BenchError } from '../../base/errors.ts';
import { scriptedServer, type Asked, type Reply } from '../../test/support/scripted-server.ts';
import type { Clock } from './client/clock.ts';
import { machinesClient, NoCapacity, QuotaReached, RetiredRegion } from './machines.ts';
import type { CreateMachine, MachinesApi } from './machines-api.ts';

/** Sleeping takes no time, so that a minute of patience is a moment here. */
function fastClock(): Clock & { readonly slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

const token = 'FlyV1 fm2_c2VjcmV0+/aaa=,fm2_bW9yZS1zZWNyZXQ';

async function clientOf(
  reply: (asked: Asked, before: readonly Asked[]) => Reply,
  patienceMs = 60_000,
) {
  const server = await scriptedServer(reply);
  const clock = fastClock();
  const api = machinesClient({ baseUrl: server.url, token, patienceMs, clock });
  onTestFinished(() => api.close());
  return { api, clock, asked: server.asked };
}

/** The replies in this order; the last for ever. */
const inOrder =
  (...replies: readonly Reply[]) =>
  (_: Asked, before: readonly Asked[]): Reply =>
    replies[Math.min(before.length, replies.length - 1)] ?? [500];

const machine = (over: object = {}) => ({
  id: '3d8d9e4b123456',
  name: 'm',
  state: 'started',
  region: 'gru',
  instance_id: '01K',
  created_at: '2026-11-21T10:00:00Z',
  config: { metadata: { 'bench-run': 'r1', 'bench-vantage': 'gru' } },
  events: [],
  ...over,
});

const wanted: CreateMachine = {
  name: 'bench-r1-gru',
  region: 'gru',
  config: {
    image: 'grafana/k6:2.2.0',
    guest: { cpu_kind: 'performance', cpus: 2, memory_mb: 4096 },
    env: {},
    init: { exec: ['sh', '/bench/entry.sh'] },
    files: [],
    restart: { policy: 'no' },
    auto_destroy: false,
    metadata: { 'bench-run': 'r1', 'bench-vantage': 'gru' },
    stop_config: { signal: 'SIGINT', timeout: '10s' },
  },
};

const errorOf = (promise: Promise<unknown>): Promise<BenchError> =>
  promise.then(
    () => Promise.reject(new Error('it went well')),
    (error: unknown) => error as BenchError,
  );

/** Every call of the interface, to check what holds for all of them. */
const calls: Readonly<Record<string, (api: MachinesApi) => Promise<unknown>>> = {
  regions: (api) => api.regions(),
  token: (api) => api.token(),
  app: (api) => api.app('a'),
  createApp: (api) => api.createApp('a', 'o'),
  list: (api) => api.list('a', { 'bench-run': 'r1' }),
  get: (api) => api.get('a', 'm1'),
  create: (api) => api.create('a', wanted),
  wait: (api) => api.wait('a', { id: 'm1', instance_id: '01K' }, 'started', 60_000),
  exec: (api) => api.exec('a', 'm1', ['true']),
  destroy: (api) => api.destroy('a', 'm1'),
};

/** What the API answers when all is well. */
function wellAnswered({ method, path }: Asked): Reply {
  if (path === '/v1/platform/regions') return [200, { Regions: [{ code: 'gru' }], Nearest: 'cdg' }];
  if (path === '/v1/tokens/current') return [200, { tokens: [{ org_slug: 'personal' }] }];
  if (path === '/v1/apps') return [201, { id: 'x' }];
  if (path === '/v1/apps/a') return [200, { organization: { slug: 'personal' } }];
  if (path.endsWith('/exec')) return [200, {}];
  if (path.includes('/wait?')) return [200, { ok: true }];
  if (method === 'DELETE') return [200, { ok: true }];
  if (method === 'GET' && /\/machines(\?|$)/.test(path)) return [200, [machine()]];
  return [200, machine()];
}

describe.each(Object.entries(calls))('%s', (_, call) => {
  test.each<[string, Reply]>([
    ['a limit', [429, { error: 'rate limit exceeded' }]],
    ['a bad gateway', [502, '<html>502</html>']],
    ['a timeout upstream', [408, { error: 'deadline_exceeded' }]],
    ['a broken connection', (response) => response.destroy()],
    [
      'half an answer',
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"id"');
        setTimeout(() => response.destroy(), 5);
      },
    ],
    ['an answer that is not JSON', [200, '<html>log in first</html>']],
  ])('survives %s', async (_what, trouble) => {
    const { api } = await clientOf((asked, before) =>
      before.length < 3 ? trouble : wellAnswered(asked),
    );
    await call(api);
  });

  test.each([
    [401, 'token'],
    [403, 'belongs to somebody else'],
  ])('takes HTTP %i for the last word', async (status, word) => {
    const { api, asked } = await clientOf(() => [
      status,
      { error: 'unauthorized' },
      { 'fly-request-id': '01K7E5-fra' },
    ]);
    const error = await errorOf(call(api));
    expect(error.kind).toBe('usage');
    expect(`${error.message} ${error.fix}`).toContain(word);
    expect(error.message).toContain('fly-request-id 01K7E5-fra');
    expect(error.message).not.toContain('\n');
    expect(asked).toHaveLength(1);
  });

  test('gives up in the end, and names the call', async () => {
    const { api, clock } = await clientOf(() => [503, 'down'], 20_000);
    const error = await errorOf(call(api));
    expect(error).toBeInstanceOf(BenchError);
    expect(error.message).toMatch(/^Fly refused to .*down \(HTTP 503\)/);
    // Of creating something, its twins are asked for too, with as much patience.
    expect(clock.now()).toBeGreaterThan(10_000);
    expect(clock.now()).toBeLessThan(60_000);
  });

  test('never tells the token, not even if the server sends it back', async () => {
    const echo: Reply = (response, { headers }) => {
      const said = `you sent ${headers.authorization ?? ''}, ${encodeURIComponent(token)}`;
      response.writeHead(418, { 'fly-request-id': token.slice(6) });
      response.end(JSON.stringify({ error: said, details: said }));
    };
    const { api } = await clientOf(() => echo);
    const error = await errorOf(call(api));
    const told = [
      inspect(error, { depth: 10, showHidden: true }),
      inspect(api, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      error.stack,
      error.message,
      error.fix,
    ].join('\n');
    expect(error.message).toContain('[token]');
    for (const secret of ['c2VjcmV0', 'bW9yZS1zZWNyZXQ']) expect(told).not.toContain(secret);
  });

  test('stops at once when told to', async () => {
    const { api, asked } = await clientOf(() => [200, {}]);
    const stop = AbortSignal.abort(new Error('enough'));
    const stopped: Record<string, () => Promise<unknown>> = {
      regions: () => api.regions(stop),
      list: () => api.list('a', {}, stop),
      create: () => api.create('a', wanted, stop),
      exec: () => api.exec('a', 'm', ['true'], { signal: stop }),
    };
    for (const one of Object.values(stopped)) await expect(one()).rejects.toThrow('enough');
    expect(asked).toEqual([]);
  });
});

test('says why nothing goes on, and when it does again; the token is in none of it', async () => {
  const said: string[] = [];
  const clock = fastClock();
  // By the clock, as pauses are partly chance: so many tries may take more or less than the 5 s that count as silence.
  const server = await scriptedServer(() =>
    clock.now() < 10_000 ? [503, token] : [200, { Regions: [] }],
  );
  const say = (text: string) => void said.push(text);
  const api = machinesClient({ baseUrl: server.url, token, clock, say });
  onTestFinished(() => api.close());
  await api.regions();
  expect(said[0]).toMatch(/^Fly has not answered for \d.* s \(HTTP 503\); trying on\.$/);
  expect(said.at(-1)).toBe('Fly answers again.');
  expect(said.join()).not.toContain('fm2_');
});

test('sends the token under the scheme of its kind, and no redirect gets it', async () => {
  const elsewhere = await scriptedServer(() => [200, {}]);
  const { api, asked } = await clientOf(() => [302, '', { location: elsewhere.url }]);
  await errorOf(api.regions());
  expect(asked[0]?.headers.authorization).toBe('FlyV1 fm2_c2VjcmV0+/aaa=,fm2_bW9yZS1zZWNyZXQ');
  expect(elsewhere.asked).toEqual([]);
});

test('reads regions in either spelling', async () => {
  const region = { code: 'scl', name: 'Santiago', latitude: -33.4, longitude: -70.8 };
  const { api } = await clientOf(
    inOrder(
      [200, { Regions: [{ ...region, deprecated: true }] }],
      [200, { regions: [region], nearest: 'cdg' }],
    ),
  );
  expect(await api.regions()).toEqual([{ ...region, deprecated: true }]);
  expect(await api.regions()).toEqual([{ ...region, deprecated: false }]);
});

test('waits as long as it is asked to when there were too many calls', async () => {
  const { api, clock } = await clientOf(
    inOrder([429, 'slow', { 'retry-after': '7' }], [200, { regions: [] }]),
  );
  await api.regions();
  expect(Math.max(...clock.slept)).toBeGreaterThanOrEqual(7000);
});

describe('creating a machine', () => {
  const isCreate = ({ method, path }: Asked) => method === 'POST' && path.endsWith('/machines');

  test.each<[string, Reply]>([
    ['408', [408, { error: 'deadline_exceeded: machine may exist' }]],
    ['502', [502, 'bad gateway']],
    ['a cut connection', (response) => response.destroy()],
  ])('finds the one that was made although the answer was %s', async (_, trouble) => {
    const { api, asked } = await clientOf((one) =>
      isCreate(one) ? trouble : [200, [machine({ state: 'starting' })]],
    );
    expect((await api.create('a', wanted)).id).toBe('3d8d9e4b123456');
    expect(asked.filter(isCreate)).toHaveLength(1);
    expect(asked[1]?.path).toBe(
      '/v1/apps/a/machines?metadata.bench-run=r1&metadata.bench-vantage=gru',
    );
  });

  test('makes another where there is none, and keeps the older if the first turns up late', async () => {
    const first = machine({ id: 'first', created_at: '2026-11-21T09:59:58Z' });
    const second = machine({ id: 'second' });
    const { api, asked } = await clientOf((one, before) => {
      const tries = before.filter(isCreate).length;
      if (isCreate(one)) return tries === 0 ? [504] : [200, second];
      if (one.method === 'DELETE') return [200, { ok: true }];
      return [200, tries < 2 ? [] : [first, second]];
    });
    expect((await api.create('a', wanted)).id).toBe('first');
    expect(asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
      '/v1/apps/a/machines/second?force=true',
    ]);
  });

  test('never takes a machine of another run for its own, even if the API does not filter', async () => {
    const other = machine({ id: 'x', config: { metadata: { 'bench-run': 'r2' } } });
    const { api } = await clientOf((one, before) => {
      if (!isCreate(one)) return [200, [other, machine({ id: 'y', config: undefined })]];
      return before.some(isCreate) ? [200, machine()] : [502];
    });
    expect((await api.create('a', wanted)).id).toBe('3d8d9e4b123456');
  });

  test.each([
    [409, 'aborted: could not reserve resource for machine: insufficient memory available'],
    [412, 'insufficient resources to create new machine'],
    [400, 'no capacity'],
    [503, 'no capacity in gru'],
  ])('says that there is no room: HTTP %i %s', async (status, said) => {
    const { api, asked } = await clientOf(() => [status, { error: said }]);
    const error = await errorOf(api.create('a', wanted));
    expect(error).toBeInstanceOf(NoCapacity);
    expect(error).toMatchObject({ region: 'gru', kind: 'fault' });
    expect(asked).toHaveLength(1);
  });

  test('knows the status for no room, and the words for a retired region', async () => {
    const { api } = await clientOf(
      inOrder(
        [422, { error: 'sorry', status: 'insufficient_capacity' }],
        [422, { error: 'Region gru is deprecated and cannot have new resources provisioned.' }],
      ),
    );
    expect(await errorOf(api.create('a', wanted))).toBeInstanceOf(NoCapacity);
    const retired = await errorOf(api.create('a', wanted));
    expect(retired).toBeInstanceOf(RetiredRegion);
    expect(retired.kind).toBe('usage');
  });

  test('tells once what is wrong with a machine that Fly does not want', async () => {
    const { api, asked } = await clientOf(() => [422, { error: 'invalid\n config.guest' }]);
    expect((await errorOf(api.create('a', wanted))).message).toBe(
      'Fly refused to create a machine in gru: invalid config.guest (HTTP 422).',
    );
    expect(asked).toHaveLength(1);
  });

  test('is not cut off half-way: what comes of it is destroyed', async () => {
    const stop = new AbortController();
    const { api, asked } = await clientOf((one) => {
      if (!isCreate(one)) return [200, { ok: true }];
      stop.abort(new Error('enough'));
      return [200, machine()];
    });
    await expect(api.create('a', wanted, stop.signal)).rejects.toThrow('enough');
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  test('a 404 of what was just made is not believed', async () => {
    const { api } = await clientOf((one, before) => {
      if (isCreate(one)) return [200, machine()];
      return before.length < 5
        ? [404, { error: 'not_found: machine not found' }]
        : wellAnswered(one);
    });
    const { id } = await api.create('a', wanted);
    expect((await api.get('a', id))?.id).toBe(id);
  });

  test('nor when it is to be destroyed', async () => {
    const { api, asked } = await clientOf((one, before) => {
      if (isCreate(one)) return [200, machine()];
      return before.length < 4 ? [404, { error: 'not_found' }] : [200, { ok: true }];
    });
    const { id } = await api.create('a', wanted);
    await api.destroy('a', id);
    expect(asked.map(({ method }) => method)).toEqual([
      'POST',
      'DELETE',
      'DELETE',
      'DELETE',
      'DELETE',
    ]);
  });
});

test('what is not there any more is none', async () => {
  const { api } = await clientOf(
    inOrder([404], [200, machine({ state: 'destroyed' })], [404], [404], [404]),
  );
  expect(await api.get('a', 'm')).toBeUndefined();
  expect(await api.get('a', 'm')).toBeUndefined();
  expect(await api.list('a', {})).toEqual([]);
  expect(await api.app('a')).toBeUndefined();
  await api.destroy('a', 'm');
});

describe('waiting', () => {
  const target = { id: 'm1', instance_id: '01K' };
  const isWait = ({ path }: Asked) => path.includes('/wait?');

  test('goes on in pieces of at most a minute, each for the instance', async () => {
    const late: Reply = [408, { error: 'machine failed to reach desired state, started' }];
    const { api, asked } = await clientOf((one, before) => {
      if (!isWait(one))
        return [200, machine({ state: before.length > 4 ? 'started' : 'starting' })];
      return before.length > 3 ? [200, { ok: true }] : late;
    });
    await api.wait('a', target, 'started', 150_000);
    const waits = asked.filter(isWait).map(({ path }) => path);
    const path = '/v1/apps/a/machines/m1/wait';
    const piece = (seconds: number) => `${path}?state=started&timeout=${seconds}&instance_id=01K`;
    expect(waits.slice(0, 2)).toEqual([piece(5), piece(10)]);
  });

  test('by the version, and not by its old name, where it is known', async () => {
    const { api, asked } = await clientOf((one) =>
      isWait(one) ? [200, { ok: true }] : [200, machine()],
    );
    await api.wait('a', { ...target, version: '01V' }, 'started', 60_000);
    expect(asked.find(isWait)?.path).toBe(
      '/v1/apps/a/machines/m1/wait?state=started&timeout=5&version=01V',
    );
  });

  test('never in pieces longer than the API takes, nor than there is time', async () => {
    const { api, asked, clock } = await clientOf((one) => {
      if (!isWait(one)) return [200, machine({ state: 'starting' })];
      const { searchParams } = new URL(one.path, 'http://x');
      void clock.sleep(Number(searchParams.get('timeout')) * 1000);
      return [408];
    });
    await errorOf(api.wait('a', target, 'started', 200_000));
    const pieces = asked.filter(isWait).map(({ path }) => Number(/timeout=(\d+)/.exec(path)?.[1]));
    expect(pieces.slice(0, 6)).toEqual([5, 10, 20, 40, 60, 60]);
    expect(Math.min(...pieces)).toBeGreaterThan(0);
  });

  test('is over when a machine can not get there, and says what happened to it', async () => {
    const exit = { exit_code: 137, oom_killed: true };
    const { api } = await clientOf((one) =>
      isWait(one)
        ? [408]
        : [
            200,
            machine({
              state: 'stopped',
              events: [
                { type: 'start', status: 'started', timestamp: 1 },
                {
                  type: 'exit',
                  status: 'stopped',
                  timestamp: 2,
                  request: { MonitorEvent: { exit_event: exit } },
                },
              ],
            }),
          ],
    );
    const error = await errorOf(api.wait('a', target, 'started', 60_000));
    expect(error.kind).toBe('fault');
    expect(error.message).toBe(
      'Machine m1 is stopped and will not be started; its last event: exit, exit code 137, out of memory.',
    );
  });

  test('does not take the word of a wait for it', async () => {
    const { api, asked } = await clientOf((one, before) =>
      isWait(one)
        ? [200, { ok: true }]
        : [200, machine({ state: before.length > 4 ? 'stopped' : 'started' })],
    );
    await api.wait('a', target, 'stopped', 60_000);
    expect(asked.length).toBeGreaterThan(4);
  });

  test('is over at last', async () => {
    const { api } = await clientOf((one) =>
      isWait(one) ? [200, { ok: true }] : [200, machine({ state: 'starting' })],
    );
    expect((await errorOf(api.wait('a', target, 'started', 5000))).message).toBe(
      'Machine m1 was not started within 5 s; it is starting.',
    );
  });

  test('takes a machine that nobody knows for destroyed, and only then', async () => {
    const { api } = await clientOf(() => [404, { error: 'not_found: machine not found' }]);
    await api.wait('a', target, 'destroyed', 60_000);
    expect((await errorOf(api.wait('a', target, 'started', 60_000))).kind).toBe('fault');
  });
});

describe('running a command', () => {
  test('tells its exit code, output and signal, whatever is left out', async () => {
    const { api, asked } = await clientOf(
      inOrder(
        [200, { exit_code: 3, stderr: 'no' }],
        [200, '{"stdout":"hi"}', { 'content-type': 'application/octet-stream' }],
        [200, { exit_signal: 9 }],
        [200, ''],
      ),
    );
    const run = () => api.exec('a', 'm1', ['sh', '-c', 'x'], { stdin: 'in', timeoutS: 9 });
    expect(await run()).toEqual({ exitCode: 3, stdout: '', stderr: 'no' });
    expect(await run()).toEqual({ exitCode: 0, stdout: 'hi', stderr: '' });
    expect(await run()).toEqual({ exitCode: 137, stdout: '', stderr: '' });
    expect(await run()).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(asked[0]?.body).toEqual({ command: ['sh', '-c', 'x'], stdin: 'in', timeout: 9 });
  });

  test('tries a few times where a machine is not ready, or leased', async () => {
    const { api, asked } = await clientOf(
      inOrder(
        [412, { error: 'failed_precondition: machine not running' }],
        [409, { error: 'machine ID m1 lease currently held by x@tokens.fly.io' }],
        [200, {}],
      ),
    );
    await api.exec('a', 'm1', ['true']);
    expect(asked).toHaveLength(3);
    const never = await clientOf(() => [412, { error: 'machine not running' }]);
    expect((await errorOf(never.api.exec('a', 'm1', ['true']))).message).toContain('not running');
    expect(never.asked).toHaveLength(4);
  });
});

describe('what is refused for the account', () => {
  test.each([
    [402, 'payment method required to continue'],
    [
      403,
      'To create more than 1 machine per app please add a payment method. https://fly.io/x/billing',
    ],
    [
      422,
      'We need your payment information to continue! Add a credit card or buy credit: https://fly.io',
    ],
    [412, 'trial has ended'],
  ])('HTTP %i "%s" wants a card, and is the last word', async (status, error) => {
    for (const ask of [
      (api: MachinesApi) => api.create('a', wanted),
      (api: MachinesApi) => api.createApp('a', 'o'),
    ]) {
      const { api, asked } = await clientOf(() => [status, { error }]);
      const told = await errorOf(ask(api));
      expect(told.kind).toBe('usage');
      expect(told.message).toMatch(/^Fly wants the organisation to pay before it will create /);
      expect(told.message).toContain(error);
      expect(told.fix).toMatch(/^Add a payment card/);
      expect(`${told.message} ${told.fix}`).not.toMatch(/connection|status\.flyio/);
      expect(asked).toHaveLength(1);
    }
  });

  test('a quota is one, and another region may have room', async () => {
    const error =
      'organization "personal" is using 8192 MB of memory in gru which is over the allowed quota. please consider other regions';
    const { api, asked } = await clientOf(() => [403, { error }]);
    const told = await errorOf(api.create('a', wanted));
    expect(told).toBeInstanceOf(QuotaReached);
    expect(told).toMatchObject({ kind: 'fault', region: 'gru' });
    expect(told.message).toMatch(/^The organisation's quota in gru is used up: /);
    expect(told.fix).toContain('other --regions');
    expect(asked).toHaveLength(1);
  });

  test('what was understood and refused is no matter of the connection', async () => {
    const { api } = await clientOf(() => [422, { error: 'invalid_argument: image' }]);
    expect((await errorOf(api.create('a', wanted))).fix).not.toContain('connection');
    const down = await clientOf(() => [503, { error: 'down' }], 0);
    expect((await errorOf(down.api.regions())).fix).toContain('Check the connection');
  });
});

describe('creating an app', () => {
  test.each([
    [422, { error: 'Validation failed', status: 'name_taken' }, 'The app name a is taken already.'],
    [
      404,
      { error: 'organization not found' },
      'Fly knows no organisation "o" that the token is for.',
    ],
  ])('HTTP %i: %o', async (status, body, message) => {
    const { api } = await clientOf(() => [status, body]);
    expect(await errorOf(api.createApp('a', 'o'))).toMatchObject({ kind: 'usage', message });
  });

  test('does not take its own first try for somebody else', async () => {
    const { api } = await clientOf((one, before) => {
      if (one.method === 'GET')
        return before.length < 3 ? [404] : [200, { organization: { slug: 'o' } }];
      return before.length === 0 ? [502] : [422, { error: 'Name has already been taken' }];
    });
    await api.createApp('a', 'o');
  });
});

test('never calls more often than Fly lets us', async () => {
  const times: number[] = [];
  const server = await scriptedServer(wellAnswered);
  const clock = fastClock();
  const watched: Clock = {
    ...clock,
    sleep: async (ms, signal) => {
      await clock.sleep(ms, signal);
      times.push(clock.now());
    },
  };
  const api = machinesClient({ baseUrl: server.url, token, clock: watched });
  onTestFinished(() => api.close());
  for (let i = 0; i < 10; i++) await api.exec('a', 'm1', ['true']);
  expect(times).toEqual([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]);
});
