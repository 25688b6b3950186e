import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { orAborted } from './or-aborted.ts';

test('a step that comes to its end gives what it gives, and leaves no listener', async () => {
  const { signal } = new AbortController();
  expect(await orAborted(Promise.resolve(3), signal)).toBe(3);
  await expect(orAborted(Promise.reject(new Error('own')), signal)).rejects.toThrow('own');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a step that never ends is left at once when the signal is aborted, before or meanwhile', async () => {
  const stop = new AbortController();
  const waiting = orAborted(new Promise(() => undefined), stop.signal);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(orAborted(Promise.resolve(3), stop.signal)).rejects.toThrow('enough');
});
