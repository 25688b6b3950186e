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
  const path = `${machines}/${id}/wait?state=stopped&timeout=1&version=${instance}`;
  expect(await ask('GET', path)).toMatchObject({
    status: 408,
    body: {
      error: 'deadline_exceeded: machine failed to reach desired state, stopped, currently started',
    },
  });
});

test('a version may be named, by its old name too, and must not be an old one', async () => {
  const { ask } = await fakeWithApp();
  const { id, instance } = await started(ask, 'sleep 60');
  const wait = (query: string) => ask('GET', `${machines}/${id}/wait?timeout=10&${query}`);
  for (const query of ['', `version=${instance}`, `instance_id=${instance}`])
    expect((await wait(query)).body, query).toEqual({
      ...{ ok: true, state: 'started', version: instance },
      event_id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string,
    });
  expect((await wait('version=1')).status).toBe(400);
  await ask('POST', `${machines}/${id}`, { config: config('sleep 61') });
  expect(await wait(`state=stopped&version=${instance}`)).toMatchObject({
    status: 408,
    body: { error: expect.stringContaining('currently replaced') as string },
  });
});

test('states are repeated or separated by commas, and failed and settled are two of them', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id } = await started(ask, 'sleep 60');
  const wait = (query: string) => ask('GET', `${machines}/${id}/wait?timeout=10&${query}`);
  for (const query of ['settled', 'failed,started', 'stopped&state=started', 'failed, settled'])
    expect((await wait(`state=${query}`)).body, query).toMatchObject({
      ok: true,
      state: 'started',
    });
  expect((await wait('state=started,happy')).status).toBe(400);
  const failed = wait('state=failed,stopped');
  fake.crash(id);
  expect((await failed).body).toMatchObject({ ok: true, state: 'stopped' });
});

test('it answers as soon as the state is there', async () => {
  const { ask, fake } = await fakeWithApp({ delays: { createMs: 100 } });
  const { body } = await ask('POST', machines, { config: config('sleep 60') });
  const path = `${machines}/${String(body['id'])}`;
  expect((await ask('GET', `${path}/wait?timeout=60`)).body).toMatchObject({ ok: true });
  const gone = ask('GET', `${path}/wait?state=destroyed&timeout=60`);
  const several = ask('GET', `${path}/wait?state=suspended&state=destroyed&timeout=60`);
  await ask('DELETE', `${path}?force=true`);
  const destroyed = { ok: true, state: 'destroyed' };
  expect((await gone).body).toMatchObject(destroyed);
  expect((await several).body).toMatchObject(destroyed);
  expect(fake.requests.filter(({ action }) => action === 'machine.wait')).toHaveLength(3);
});

test('a machine that nobody made is 404, a state that nobody knows 400', async () => {
  const { ask } = await fakeWithApp();
  const nobody = `${machines}/00000000000000`;
  expect((await ask('GET', `${nobody}/wait?timeout=1`)).status).toBe(404);
  expect((await ask('GET', `${nobody}/wait?state=happy&timeout=1`)).status).toBe(400);
});
