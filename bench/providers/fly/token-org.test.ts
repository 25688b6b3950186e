import { expect, onTestFinished, test } from 'vitest';
import { startFakeFly, type FakeOverrides } from '../fake/index.ts';
import { ensureApp } from './ensure-app.ts';
import { machinesClient } from './machines.ts';
import { defaultOrg } from './token-org.ts';

const { signal } = new AbortController();

async function onFake(overrides: FakeOverrides) {
  const fake = await startFakeFly(overrides);
  onTestFinished(() => fake.close());
  const api = machinesClient({ baseUrl: fake.url, token: fake.token, patienceMs: 0 });
  onTestFinished(() => api.close());
  return { fake, api };
}

test.each<[string, FakeOverrides, string]>([
  ['of one organisation', { orgs: ['acme'] }, 'acme'],
  ['of parts for one', { tokens: [{ org_slug: 'acme' }, { org_slug: 'acme' }] }, 'acme'],
  ['of several', { orgs: ['acme', 'other'] }, 'personal'],
  ['that says nothing', { tokens: [] }, 'personal'],
  ['without a slug', { tokens: [{ org_slug: '' }] }, 'personal'],
])('a token %s', async (_, overrides, org) => {
  const { api } = await onFake(overrides);
  expect(await defaultOrg(api, signal)).toBe(org);
});

test.each([400, 403, 404, 500])('HTTP %i instead of an answer', async (status) => {
  const { api, fake } = await onFake({ orgs: ['acme'] });
  fake.faults.failFor('token.current', 60_000, status);
  expect(await defaultOrg(api, signal)).toBe('personal');
});

test('apps are made where the token is for, unless somebody says where', async () => {
  const { api, fake } = await onFake({ orgs: ['acme', 'other'], tokens: [{ org_slug: 'acme' }] });
  await ensureApp(api, 'bench-a', undefined, signal);
  await ensureApp(api, 'bench-b', 'other', signal);
  expect([...fake.apps.values()].map(({ name, org }) => [name, org])).toEqual([
    ['bench-a', 'acme'],
    ['bench-b', 'other'],
  ]);
  const made = fake.requests.filter(({ action }) => action === 'app.create');
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
});
