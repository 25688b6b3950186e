import { expect, test } from 'vitest';
import { config, fakeWithApp, machines, started } from '../../../test/support/fake-fly.ts';

test('a timeout out of bounds is 400 in the words that were seen', async () => {
  const { ask } = await fakeWithApp();
  const { id } = await started(ask, 'sleep 60');
  for (const timeout of ['0', '61', 'x', '-1'])
    expect(await ask('GET', `${machines}/${id}/wait?timeout=${timeout}`), timeout).toMatchObject({
      status: 400,
      body: {
        error:
          'invalid_argument: invalid WaitMachineRequest.Timeout: value must be inside range [1s, 1m0s]',
      },
    });
});

test('a wait that is too short is 408 and names both states', async () => {
  const { ask } = await fakeWithApp();
  const { id, instance } = await started(ask, 'sleep 60');
  const path = `${machines}/${id}/wait?state=stopped&timeout=1&instance_id=${instance}`;
  expect(await ask('GET', path)).toMatchObject({
    status: 408,
    body: {
      error: 'deadline_exceeded: machine failed to reach desired state, stopped, currently started',
    },
  });
});

test('stopped needs an instance', async () => {
  const { ask } = await fakeWithApp();
  const { id } = await started(ask, 'sleep 60');
  expect(await ask('GET', `${machines}/${id}/wait?state=stopped&timeout=1`)).toMatchObject({
    status: 400,
    body: { error: 'instance_id required when waiting for stopped machine' },
  });
});

test('it answers as soon as the state is there', async () => {
  const { ask, fake } = await fakeWithApp({ delays: { createMs: 100 } });
  const { body } = await ask('POST', machines, { config: config('sleep 60') });
  const path = `${machines}/${String(body['id'])}`;
  expect((await ask('GET', `${path}/wait?timeout=60`)).body).toEqual({ ok: true });
  const gone = ask('GET', `${path}/wait?state=destroyed&timeout=60`);
  const several = ask('GET', `${path}/wait?state=suspended&state=destroyed&timeout=60`);
  await ask('DELETE', `${path}?force=true`);
  expect((await gone).body).toEqual({ ok: true });
  expect((await several).body).toEqual({ ok: true });
  expect(fake.requests.filter(({ action }) => action === 'machine.wait')).toHaveLength(3);
});

test('a machine that nobody made is 404, a state that nobody knows 400', async () => {
  const { ask } = await fakeWithApp();
  const nobody = `${machines}/00000000000000`;
  expect((await ask('GET', `${nobody}/wait?timeout=1`)).status).toBe(404);
  expect((await ask('GET', `${nobody}/wait?state=happy&timeout=1`)).status).toBe(400);
});
