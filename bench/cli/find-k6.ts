import { ensureK6, type K6Binary } from '../k6/install.ts';
import type { Progress } from './progress.ts';

/** Gets k6 ready, telling a person what takes so long if it has to be downloaded or built first. */
export async function findK6(progress: Progress, signal: AbortSignal): Promise<K6Binary> {
  const done = progress.step('Getting k6 ready');
  const binary = await ensureK6(
    {
      note: (text) => {
        progress.note(text);
      },
      progress: () => undefined,
    },
    signal,
  );
  done(binary.version);
  return binary;
}
