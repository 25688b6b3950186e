import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { together } from './together.ts';

const never = new AbortController().signal;

test('runs tasks side by side to their end', async () => {
  const done: number[] = [];
  await together(never, [
    async () => {
      await sleep(20);
      done.push(1);
    },
    () => Promise.resolve(void done.push(2)),
  ]);
  expect(done).toEqual([2, 1]);
});

test('a failure stops the others, is thrown, and only once all have ended', async () => {
  let stopped = false;
  const tasks = [
    () => Promise.reject(new Error('first')),
    async (signal: AbortSignal) => {
      await sleep(10_000, undefined, { signal }).catch(() => undefined);
      await sleep(20);
      stopped = true;
      throw new Error('second');
    },
  ];
  await expect(together(never, tasks)).rejects.toThrow('first');
  expect(stopped).toBe(true);
});

test('an interruption from outside reaches every task', async () => {
  const outside = new AbortController();
  const waiting = together(outside.signal, [
    (signal) => sleep(10_000, undefined, { signal }),
    (signal) => sleep(10_000, undefined, { signal }),
  ]);
  outside.abort();
  await expect(waiting).rejects.toThrow();
});
