import { visible } from '../base/visible.ts';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { isAmong } from '../base/child-environment.ts';
import { messageOf } from '../base/errors.ts';
import type { Io } from './io.ts';

/** A launcher that found a browser may run as long as that; one that found none gives up sooner. */
const patienceMs = 2000;

/** Shows a page in the person's browser; where there is none, says so and goes on. */
export async function openPage(page: string, { err }: Io): Promise<void> {
  const told = new AbortController();
  try {
    // Here, and not above, because every command would wait for it.
    const { default: open } = await import('open');
    const child = await withoutKeys(() => open(page));
    const ended = once(child, 'exit', told) as Promise<[number | null]>;
    const [code] = await Promise.race([ended, wait(patienceMs, [0], told)]);
    if (code !== 0)
      err.write(`The page could not be opened: no browser was found. It is ${visible(page)}\n`);
  } catch (error) {
    err.write(`The page could not be opened: ${visible(messageOf(error))}\n`);
  } finally {
    told.abort();
  }
}

/** A person's browser gets all of their environment but what opens accounts; `open` takes it from this process. */
async function withoutKeys<T>(act: () => Promise<T>): Promise<T> {
  const keys = Object.entries(process.env).filter(([name]) => isAmong(name, ['FLY_*', 'AWS_*']));
  for (const [name] of keys) Reflect.deleteProperty(process.env, name);
  try {
    return await act();
  } finally {
    Object.assign(process.env, Object.fromEntries(keys));
  }
}
