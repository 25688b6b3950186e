import { expect, test } from 'vitest';
import { eventually, fakeWithApp, machines, started } from '../../../test/support/fake-fly.ts';

interface Held {
  readonly data: { readonly nonce: string; readonly expires_at: number; readonly version: string };
}

test('who holds the lease alone may change the machine', async () => {
  const { ask, fake } = await fakeWithApp();
  const { id, instance } = await started(ask, 'sleep 60');
  const path = `${machines}/${id}`;
  expect((await ask('GET', `${path}/lease`)).status).toBe(404);
  const taken = await ask('POST', `${path}/lease?ttl=30`, { description: 'mine' });
  const { nonce, version } = (taken.body as unknown as Held).data;
  expect(taken).toMatchObject({ status: 201, body: { status: 'success' } });
  expect(version).toBe(instance);
  expect((await ask('GET', path)).body['nonce']).toBe(nonce);

  const refused = await ask('POST', `${path}/stop`, {});
  expect(refused.status).toBe(409);
  expect(refused.body['error']).toMatch(
    new RegExp(
      `^machine ID ${id} lease currently held by \\S+@tokens\\.fly\\.io, expires at \\d{4}-\\S+Z$`,
    ),
  );
  expect((await ask('POST', `${path}/lease`)).status).toBe(409);
  expect((await ask('DELETE', `${path}?force=true`)).status).toBe(409);
  expect((await ask('POST', `${path}/exec`, { command: ['true'] })).status).toBe(200);

  const mine = { 'fly-machine-lease-nonce': nonce };
  const again = await ask('POST', `${path}/lease`, { ttl: 900 }, mine);
  expect((again.body as unknown as Held).data.nonce).toBe(nonce);
  expect((await ask('DELETE', `${path}/lease`)).status).toBe(400);
  expect((await ask('DELETE', `${path}/lease`, undefined, mine)).body).toEqual({
    status: 'success',
    data: { ok: true },
  });
  expect((await ask('DELETE', `${path}?force=true`)).status).toBe(200);
  expect(fake.machines()).toEqual([]);
});

test('a lease can be taken with the create, and runs out', async () => {
  const { ask } = await fakeWithApp();
  const stopOf = async (lease_ttl: number) => {
    const { body } = await ask('POST', machines, {
      config: { image: 'grafana/k6:2.2.0', init: { exec: ['sleep', '60'] } },
      lease_ttl,
    });
    expect(body['nonce']).toEqual(expect.any(String));
    return async () => (await ask('POST', `${machines}/${String(body['id'])}/stop`, {})).status;
  };
  expect(await (await stopOf(60))()).toBe(409);
  await eventually(await stopOf(1)).toBe(200);
});
