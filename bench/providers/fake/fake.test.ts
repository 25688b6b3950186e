import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTimeOf } from '../local/guard/identity.ts';
import { eventually, fakeWithApp, machines, started } from '../../test/support/fake-fly.ts';

const forever = 'while :; do sleep 0.1; done';
const alive = (pid = 0) => startTimeOf(pid) !== undefined;

test('a machine is a real process with its files, its environment and the real k6', async () => {
  process.env['FLY_API_TOKEN'] = 'secret';
  const { fake, ask } = await fakeWithApp();
  const { id } = await started(ask, 'env > "$BENCH_DIR/env"; sh /bench/x.sh; sleep 60', {
    init: { exec: ['sh', '/bench/entry.sh'] },
    files: [
      {
        guest_path: '/bench/entry.sh',
        raw_value: Buffer.from(
          'mkdir -p $BENCH_DIR; env > $BENCH_DIR/env; k6 version > $BENCH_DIR/k6; exec sleep 60',
        ).toString('base64'),
        mode: 0o755,
      },
    ],
    env: { WHAT: '/tmp/bench/x', WHO: 'me' },
  });
  const exec = (...command: string[]) =>
    ask('POST', `${machines}/${id}/exec`, { command, timeout: 10 });
  await eventually(async () => (await exec('cat', '/tmp/bench/k6')).body['stdout']).toMatch(/^k6/);
  const env = String((await exec('cat', '/tmp/bench/env')).body['stdout']);
  const [machine] = fake.machines();
  const root = machine?.root ?? '';
  expect(env).toContain(`WHAT=${root}/tmp/bench/x\n`);
  expect(env).toContain('WHO=me\n');
  expect(env).toContain(`FLY_MACHINE_ID=${id}\n`);
  expect(env).toContain('FLY_APP_NAME=bench\n');
  expect(env).toContain('FLY_REGION=cdg\n');
  expect(env).toContain('FLY_VM_MEMORY_MB=2048\n');
  expect(env).toMatch(/FLY_PRIVATE_IP=fdaa:/);
  expect(env).not.toContain('FLY_API_TOKEN');
  delete process.env['FLY_API_TOKEN'];
});

test('close leaves no process and no folder', async () => {
  const { fake, ask } = await fakeWithApp();
  await started(ask, `sleep 50 & ${forever}`);
  const [machine] = fake.machines();
  const pid = machine?.pid;
  expect(alive(pid)).toBe(true);
  await fake.close();
  expect(alive(pid)).toBe(false);
  expect(existsSync(machine?.root ?? '/')).toBe(false);
});

test('destroy needs force while it runs', async () => {
  const { fake, ask } = await fakeWithApp();
  const { id } = await started(ask, forever);
  const [machine] = fake.machines();
  const pid = machine?.pid;
  expect((await ask('DELETE', `${machines}/${id}`)).status).toBe(412);
  expect((await ask('DELETE', `${machines}/${id}?force=true`)).body).toEqual({ ok: true });
  expect(alive(pid)).toBe(false);
  expect((await ask('GET', `${machines}/${id}`)).body['state']).toBe('destroyed');
  expect((await ask('GET', machines)).body).toEqual([]);
  expect((await ask('GET', `${machines}?include_deleted=true`)).body).toHaveLength(1);
  expect((await ask('DELETE', `${machines}/${id}?force=true`)).status).toBe(404);
});
