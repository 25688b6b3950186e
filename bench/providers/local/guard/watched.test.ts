import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startTimeOf } from './identity.ts';
import { signalWatched, stillMeant } from './watched.ts';

test.each([
  { case: 'the same process', now: '100', group: false, meant: true },
  { case: 'another process that got the id', now: '200', group: false, meant: false },
  { case: 'nobody', now: undefined, group: false, meant: false },
  { case: "the group's leader", now: '100', group: true, meant: true },
  { case: 'another process where the leader was', now: '200', group: true, meant: false },
  { case: 'a group whose leader is gone', now: undefined, group: true, meant: true },
])('$case: signal it? $meant', ({ now, group, meant }) => {
  expect(stillMeant({ started: '100', group }, now)).toBe(meant);
});

test('a process with another start time is not signalled, the meant one is', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const pid = child.pid as number;
  const watched = {
    pid,
    signal: 'SIGTERM',
    group: false,
    started: startTimeOf(pid) as string,
  } as const;

  expect(signalWatched({ ...watched, started: 'another' }, 'SIGKILL')).toBe(false);
  expect(signalWatched(watched, 'SIGTERM')).toBe(true);
  // SIGTERM and not the SIGKILL that was sent before it.
  expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
  expect(signalWatched(watched, 0)).toBe(false);
});
