import { setMaxListeners } from 'node:events';

/**
 * Starts tasks side by side. When one fails the others are told to stop, and nothing is returned or thrown before all of
 * them have come to an end: what they have started is known by then, and can be taken down.
 */
export async function together(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  // Dozens of tasks listen at once; that is no leak.
  setMaxListeners(0, either);
  await Promise.all(
    tasks.map(async (task) => {
      try {
        await task(either);
      } catch (error) {
        // The first reason stays; what the others say of being stopped is no news.
        failure.abort(error);
      }
    }),
  );
  failure.signal.throwIfAborted();
}
