import { visible } from '../base/visible.ts';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { childEnvironment } from '../base/child-environment.ts';
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
    const child = await inBrowsersEnvironment(() => open(page));
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

/** `open` takes the environment of this process, and does so only after some looking around. */
async function inBrowsersEnvironment<T>(act: () => Promise<T>): Promise<T> {
  const { env } = process;
  process.env = childEnvironment('browser', {}, env);
  try {
    return await act();
  } finally {
    process.env = env;
  }
}
