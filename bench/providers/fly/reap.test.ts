import { expect, test } from 'vitest';
import { isControllerAlive, thisController } from './controller.ts';
import type { Machine, MachinesApi } from './machines-api.ts';
import { destroyAll, destroyRun, findOurs, standingOf } from './reap.ts';

const machine = (
  id: string,
  metadata: Record<string, string> = {},
  state = 'started',
): Machine => ({
  ...{ id, name: id, state, region: 'cdg', instance_id: 'i', created_at: '', events: [] },
  metadata,
});

test('a machine is needed as long as its controller lives, or else until its time is up', () => {
  const one = machine('a', { 'bench-expires': '1000' });
  const at = (now: number, isAlive: boolean | undefined) => standingOf(one, { now, isAlive });
  expect(at(999_000, false)).toEqual({ needed: false, because: 'orphaned' });
  expect(at(1_001_000, true)).toEqual({ needed: 'maybe', because: 'running' });
  expect(at(999_000, undefined)).toEqual({ needed: 'maybe', because: 'elsewhere' });
  expect(at(1_000_000, undefined)).toEqual({ needed: false, because: 'expired' });
  const unclear = standingOf(machine('b'), { now: 1e15, isAlive: undefined });
  expect(unclear).toEqual({ needed: 'maybe', because: 'elsewhere' });
});

test('a controller knows itself, and nobody else for itself', () => {
  const me = thisController();
  expect(isControllerAlive(me)).toBe(true);
  const [host, pid, start] = me.split('/');
  expect(isControllerAlive(`${host ?? ''}/${pid ?? ''}/1${start ?? ''}`)).toBe(false);
  expect(isControllerAlive(`${host ?? ''}/999999999/1`)).toBe(false);
  expect(isControllerAlive(`elsewhere/${pid ?? ''}/${start ?? ''}`)).toBeUndefined();
  for (const text of ['', 'a/b/c', `${host ?? ''}/1`, '%/1/1', `${me}/x`])
    expect(isControllerAlive(text)).toBeUndefined();
});

/** An app in which machines are gone only when they are destroyed the second time they are listed. */
function appWith(...machines: Machine[]) {
  let there = machines;
  const destroyed: string[] = [];
  const api = {
    list: (_: string, metadata: Record<string, string>) =>
      Promise.resolve(
        there.filter((one) =>
          Object.entries(metadata).every(([key, value]) => one.metadata[key] === value),
        ),
      ),
    destroy: (_: string, id: string) => {
      destroyed.push(id);
      if (id === 'stuck') return Promise.reject(new Error('no'));
      there = there.filter((one) => one.id !== id);
      return Promise.resolve();
    },
  } as unknown as MachinesApi;
  return { api, destroyed, left: () => there.map(({ id }) => id) };
}

test('only machines of ours are found, and destroyed', async () => {
  const ours = machine('ours', { 'bench-run': 'r1' });
  const { api, left } = appWith(ours, machine('theirs'), machine('other', { 'bench-run': 'r2' }));
  expect((await findOurs(api, 'a')).map(({ id }) => id)).toEqual(['ours', 'other']);
  expect(await destroyAll(api, 'a', [ours, { id: 'theirs' }])).toBe(1);
  expect(left()).toEqual(['theirs', 'other']);
  expect(await destroyRun(api, 'a', 'r2')).toBe(1);
  expect(left()).toEqual(['theirs']);
});

test('what can not be destroyed does not keep the others, and is named', async () => {
  const stuck = machine('stuck', { 'bench-run': 'r1' });
  const { api, left } = appWith(stuck, machine('a', { 'bench-run': 'r1' }));
  await expect(destroyRun(api, 'a', 'r1')).rejects.toThrow('Could not destroy stuck');
  expect(left()).toEqual(['stuck']);
});

test('an empty run id never means all machines', async () => {
  const { api, left } = appWith(machine('theirs'));
  expect(await destroyRun(api, 'a', '')).toBe(0);
  expect(left()).toEqual(['theirs']);
});
