import type { Io } from './io.ts';
import { makeProgress, type Progress } from './progress.ts';

/** Shows progress while the work is under way, and only then: nothing moves while a person is asked. */
export async function withProgress<T>(
  { quiet, io }: { readonly quiet: boolean; readonly io: Io },
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = makeProgress(io, quiet);
  try {
    return await work(progress);
  } finally {
    progress.stop();
  }
}
