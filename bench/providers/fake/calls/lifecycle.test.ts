import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FakeFly } from '../index.ts';
import { eventually, fakeWithApp, machines, started } from '../../../test/support/fake-fly.ts';

const forever = 'while :; do sleep 0.05; done';

test('a stop asks with SIGINT, and the process may tidy up', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id, instance } = await started(ask, `trap 'exit 7' INT; touch armed; ${forever}`);
  const path = `${machines}/${id}`;
  await armed(fake);
  expect((await ask('POST', `${path}/stop`, {})).body).toEqual({ ok: true });
  await ask('GET', `${path}/wait?state=stopped&timeout=10&instance_id=${instance}`);
  const { state, events } = (await ask('GET', path)).body as {
    state: string;
    events: { type: string; status: string; request?: unknown }[];
  };
  expect(state).toBe('stopped');
  expect(events.map(({ type }) => type)).toEqual(['exit', 'stop', 'start', 'launch']);
  expect(events[0]?.request).toMatchObject({ exit_event: { exit_code: 7, requested_stop: true } });
});

test('whoever does not listen is killed after the timeout, with all of its group', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id } = await started(ask, `trap '' INT; sleep 77 & touch armed; ${forever}`);
  await armed(fake);
  await ask('POST', `${machines}/${id}/stop`, { timeout: '200ms' });
  await eventually(() => fake.machines()[0]?.state).toBe('stopped');
  expect(exitOf(fake.machines()[0]?.events[0]?.request)).toMatchObject({
    exit_code: 137,
    guest_signal: 9,
  });
});

test('a number as timeout is nanoseconds', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id } = await started(ask, `trap '' INT; touch armed; ${forever}`, {
    stop_config: { timeout: 10 },
  });
  await armed(fake);
  await ask('POST', `${machines}/${id}/stop`, {});
  await eventually(() => fake.machines()[0]?.state).toBe('stopped');
});

test('an array as body is refused as was seen, and so is a signal that nobody knows', async () => {
  const { ask } = await fakeWithApp();
  const { id } = await started(ask, forever);
  expect(await ask('POST', `${machines}/${id}/stop`, [])).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/^json: cannot unmarshal array/) as string },
  });
  expect((await ask('POST', `${machines}/${id}/stop`, { signal: 'SIGWHAT' })).status).toBe(400);
});

test('a start finds an empty file system, and is refused too soon or while it runs', async () => {
  const { ask, fake } = await fakeWithApp({ delays: { restMs: 2000 } });
  const { id } = await started(ask, forever);
  const path = `${machines}/${id}`;
  const root = fake.machines()[0]?.root ?? '';
  await ask('POST', `${path}/exec`, { command: ['touch', '/tmp/left'] });
  expect(existsSync(join(root, 'tmp/left'))).toBe(true);
  expect((await ask('POST', `${path}/start`)).status).toBe(412);
  await ask('POST', `${path}/stop`, { signal: 'SIGKILL' });
  await eventually(() => fake.machines()[0]?.state).toBe('stopped');
  expect(await ask('POST', `${path}/start`)).toMatchObject({
    status: 412,
    body: { error: 'failed_precondition: machine still active, refusing to start' },
  });
  await eventually(async () => (await ask('POST', `${path}/start`)).status).toBe(200);
  await eventually(() => fake.machines()[0]?.state).toBe('started');
  expect(existsSync(join(root, 'tmp/left'))).toBe(false);
});

test('signals are taken by name and by number', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id } = await started(ask, forever);
  expect((await ask('POST', `${machines}/${id}/signal`, { signal: 9 })).status).toBe(200);
  await eventually(() => fake.machines()[0]?.state).toBe('stopped');
  expect(exitOf(fake.machines()[0]?.events[0]?.request)).not.toHaveProperty('requested_stop');
});

test('a process that ends by itself leaves its exit code, and zeros are left out', async () => {
  const { ask, fake } = await fakeWithApp({ exitEventIn: 'MonitorEvent' });
  for (const code of [99, 0]) await started(ask, `exit ${code}`);
  await eventually(() => fake.machines().map(({ state }) => state)).toEqual(['stopped', 'stopped']);
  const [failed, fine] = fake
    .machines()
    .map(({ events }) => events[0]?.request as { MonitorEvent: { exit_event: object } });
  expect(failed?.MonitorEvent.exit_event).toMatchObject({ exit_code: 99 });
  expect(Object.keys(fine?.MonitorEvent.exit_event ?? {})).toEqual(['exited_at']);
});

test('without a policy a failing process is run again; the limit ends that', async () => {
  const { ask, fake } = await fakeWithApp({ delays: { startMs: 0 } });
  await started(ask, 'exit 3', { restart: undefined });
  await started(ask, 'exit 3', { restart: { policy: 'on-failure', max_retries: 2 } });
  await started(ask, 'exit 0', { restart: undefined });
  const exits = () =>
    fake.machines().map(({ events }) => events.filter(({ type }) => type === 'exit').length);
  await eventually(exits).toEqual([11, 3, 1]);
  expect(fake.machines().map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped']);
});

test('only a machine that is never restarted destroys itself', async () => {
  const { ask, fake } = await fakeWithApp();
  await started(ask, 'exit 0', { auto_destroy: true });
  await started(ask, 'exit 0', { auto_destroy: true, restart: undefined });
  await eventually(() => fake.machinesEver.map(({ state }) => state)).toEqual([
    'destroyed',
    'stopped',
  ]);
});

test('a crash is nobody’s wish, and may have been for want of memory', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id } = await started(ask, forever);
  fake.crash(id, { oomKilled: true });
  await eventually(() => fake.machines()[0]?.state).toBe('stopped');
  const exit = exitOf(fake.machines()[0]?.events[0]?.request);
  expect(exit).toMatchObject({ exit_code: 137, oom_killed: true });
  expect(exit).not.toHaveProperty('requested_stop');
});

/** The machine's script runs in its folder, and has set its traps. */
const armed = (fake: FakeFly) =>
  eventually(() => existsSync(join(fake.machines()[0]?.root ?? '', 'armed'))).toBe(true);

function exitOf(request: Readonly<Record<string, unknown>> | undefined): object {
  return request?.['exit_event'] ?? {};
}
