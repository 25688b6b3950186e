import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeServerLeftovers } from '../postgres/server-leftovers.ts';
import { signalWatched, type Watched } from './watched.ts';

/** How long processes may take to end by themselves, in milliseconds. */
const graceMs = 1500;
/** How often to look whether they have. */
const pollMs = 20;

/** Ends every process, at once and by force what is left after a grace period; then removes the folders. */
export async function endAll(
  watched: readonly Watched[],
  folders: readonly string[],
): Promise<void> {
  const asked = watched.filter((one) => signalWatched(one, one.signal));
  // One that is stopped takes the signal only when it goes on.
  for (const one of asked) signalWatched(one, 'SIGCONT');
  const left = await survivors(asked, Date.now() + graceMs);
  for (const one of left) signalWatched(one, 'SIGKILL');
  await survivors(left, Date.now() + pollMs * 5);
  await Promise.all(folders.map(removeServerLeftovers));
  await Promise.allSettled(folders.map(removeFolder));
}

async function survivors(watched: readonly Watched[], deadline: number): Promise<Watched[]> {
  for (;;) {
    const left = watched.filter((one) => signalWatched(one, 0));
    if (left.length === 0 || Date.now() >= deadline) return left;
    await sleep(pollMs);
  }
}

/** Children of what was killed may write for another moment; hence the retries. */
const removeFolder = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
