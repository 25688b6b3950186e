import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { spawnWatched, stopChild } from './children.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'children-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

const watch = vi.fn();
const start = (script: string) =>
  spawnWatched({ watch }, process.execPath, ['-e', script], {
    endSignal: 'SIGTERM',
    log: join(folder, `${Math.random()}.log`),
    ipc: true,
  });
const forever = 'setInterval(() => {}, 1000); process.send(0);';

test('tells the guard, keeps what is printed, and how it ended', async () => {
  const child = await start("console.log('out'); console.error('err'); process.exit(3)");
  expect(watch.mock.calls).toHaveLength(1);
  expect(watch.mock.calls[0]?.[0]).toBe(child.process);
  expect(watch.mock.calls[0]?.[1]).toBe('SIGTERM');
  expect(await child.exited).toEqual({ code: 3 });
  expect(await readFile(child.log, 'utf8')).toBe('out\nerr\n');
});

test('leads a process group of its own, which Ctrl-C in our terminal does not reach', async () => {
  const child = await start(forever);
  await once(child.process, 'message');
  expect(process.kill(-child.pid, 'SIGKILL')).toBe(true);
  expect(await child.exited).toEqual({ signal: 'SIGKILL' });
});

test('a program that does not exist is an error, not a crash', async () => {
  const options = { endSignal: 'SIGTERM', log: join(folder, 'none.log') } as const;
  await expect(spawnWatched({ watch }, '/no/such/program', [], options)).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

test('stops by the first signal that works', async () => {
  const child = await start(`process.on('SIGINT', () => {}); ${forever}`);
  await once(child.process, 'message');
  const exit = await stopChild(child, [
    { signal: 'SIGINT', graceMs: 100 },
    { signal: 'SIGTERM', graceMs: 10_000 },
  ]);
  expect(exit).toEqual({ signal: 'SIGTERM' });
});

test('stops by force what does not listen; what has ended stays ended', async () => {
  const child = await start(`process.on('SIGTERM', () => {}); ${forever}`);
  await once(child.process, 'message');
  expect(await stopChild(child, [{ signal: 'SIGTERM', graceMs: 50 }])).toEqual({
    signal: 'SIGKILL',
  });
  expect(await stopChild(child, [{ signal: 'SIGTERM', graceMs: 50 }])).toEqual({
    signal: 'SIGKILL',
  });
});
