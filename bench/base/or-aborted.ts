/**
 * What a step gives, unless the signal is aborted first: then it rejects at once with the signal's reason, however long the
 * step still takes. Its listener goes with it.
 */
export async function orAborted<T>(step: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error);
      },
      { signal: over.signal },
    );
  });
  try {
    return await Promise.race([step, aborted]);
  } finally {
    over.abort();
  }
}
