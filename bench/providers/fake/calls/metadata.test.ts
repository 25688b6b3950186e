import { expect, test } from 'vitest';
import { fakeWithApp, machines, started } from '../../../test/support/fake-fly.ts';

test('metadata change without a new version', async () => {
  const { ask } = await fakeWithApp();
  const { id, instance } = await started(ask, 'sleep 60', { metadata: { a: '1', b: '2' } });
  const path = `${machines}/${id}/metadata`;
  expect((await ask('POST', `${path}/c`, { value: '3' })).status).toBe(204);
  expect((await ask('DELETE', `${path}/a`)).status).toBe(204);
  expect((await ask('GET', path)).body).toEqual({ b: '2', c: '3' });
  expect((await ask('PATCH', path, { metadata: { b: null, c: '', d: '4' } })).status).toBe(204);
  expect((await ask('GET', path)).body).toEqual({ d: '4' });
  expect((await ask('GET', `${machines}/${id}`)).body['instance_id']).toBe(instance);
  const stale = { metadata: { d: '5' }, machine_version: 'another' };
  expect((await ask('PATCH', path, stale)).status).toBe(412);
  expect((await ask('GET', path)).body).toEqual({ d: '4' });
});
