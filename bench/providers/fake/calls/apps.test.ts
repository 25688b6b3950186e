import { expect, test } from 'vitest';
import { fakeWithApp, machines, started } from '../../../test/support/fake-fly.ts';

test('an app is made by the name of the specification or by the older one', async () => {
  const { ask } = await fakeWithApp();
  const made = await ask('POST', '/v1/apps', { app_name: 'other', org_slug: 'personal' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ name: 'other', created_at: expect.any(Number) as number });
  expect((await ask('GET', '/v1/apps/bench')).body).toMatchObject({
    name: 'bench',
    organization: { slug: 'personal' },
    machine_count: 0,
  });
  const { body } = await ask('GET', '/v1/apps?org_slug=personal');
  expect(body).toMatchObject({ total_apps: 2, apps: [{ name: 'bench' }, { name: 'other' }] });
  expect((await ask('GET', '/v1/apps')).status).toBe(400);
});

test('a name that is taken is 422, a free one 404, one of somebody else 403', async () => {
  const { ask } = await fakeWithApp({ foreignApps: ['theirs'] });
  for (const name of ['bench', 'theirs'])
    expect(await ask('POST', '/v1/apps', { name, org_slug: 'personal' })).toMatchObject({
      status: 422,
      body: {
        status: 'name_taken',
        error: expect.stringMatching(/Name has already been taken/) as string,
      },
    });
  expect((await ask('GET', '/v1/apps/free')).status).toBe(404);
  expect((await ask('GET', '/v1/apps/free/machines')).status).toBe(404);
  expect((await ask('GET', '/v1/apps/theirs')).status).toBe(403);
  expect((await ask('GET', '/v1/apps/theirs/machines')).status).toBe(403);
  expect((await ask('POST', '/v1/apps', { name: 'x', org_slug: 'no' })).status).toBe(404);
  expect((await ask('POST', '/v1/apps', { name: 'X_', org_slug: 'personal' })).status).toBe(422);
});

test('an app is deleted with its machines only by force', async () => {
  const { ask, fake } = await fakeWithApp();
  await started(ask, 'sleep 60');
  expect((await ask('DELETE', '/v1/apps/bench')).status).toBe(412);
  expect((await ask('DELETE', '/v1/apps/bench?force=true')).status).toBe(202);
  expect(fake.machines()).toEqual([]);
  expect((await ask('GET', machines)).status).toBe(404);
});

test('a token says whose it is', async () => {
  const { ask } = await fakeWithApp({ orgs: ['acme', 'personal'] });
  expect((await ask('GET', '/v1/tokens/current')).body).toMatchObject({
    tokens: [{ org_slug: 'acme' }, { org_slug: 'personal' }],
  });
  const limited = await fakeWithApp({ tokens: [{ org_slug: 'acme', apps: ['a'] }] });
  expect((await limited.ask('GET', '/v1/tokens/current')).body).toMatchObject({
    tokens: [{ org_slug: 'acme', apps: ['a'] }],
  });
});

test('what an organisation may not have is refused in the words that were seen', async () => {
  const refusal = { status: 403, error: 'payment method required to continue' };
  const { ask } = await fakeWithApp({ refusal });
  expect(await ask('POST', '/v1/apps', { name: 'x', org_slug: 'personal' })).toMatchObject({
    status: 403,
    body: { error: 'payment method required to continue' },
  });
});
