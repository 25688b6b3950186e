import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { childEnvironment } from '../../base/child-environment.ts';
import { programPath } from '../../base/package-root.ts';
import { readVantage, type VantageFiles, type VantageRead } from './read-vantage.ts';

/** Bytes of samples from which threads save more than it takes to start them: about half a second of reading. */
const worthThreads = 8 * 2 ** 20;

/** Reads all vantages: from `threadsFrom` bytes of samples on in a thread for each processor. */
export async function readVantages(
  all: readonly VantageFiles[],
  threadsFrom: number = worthThreads,
): Promise<VantageRead[]> {
  const sizes = await Promise.all(
    all.flatMap(({ files }) => files.map(({ file }) => sizeOf(file))),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const reads: VantageRead[] = [];
  const waiting = all.entries();
  const readers =
    bytes < threadsFrom
      ? [{ read: readVantage, end: () => Promise.resolve() }]
      : Array.from({ length: Math.min(availableParallelism(), all.length) }, startReader);
  try {
    await Promise.all(
      readers.map(async (reader) => {
        for (const [i, one] of waiting) reads[i] = await reader.read(one);
      }),
    );
  } finally {
    await Promise.all(readers.map((reader) => reader.end()));
  }
  return reads;
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

interface Reader {
  read(one: VantageFiles): Promise<VantageRead>;
  end(): Promise<unknown>;
}

/** A thread that reads one vantage after another: by the second, its code has become fast. */
function startReader(): Reader {
  const worker = new Worker(programPath('reader'), { env: childEnvironment('tool') });
  return {
    read: async (one) => {
      const told = new AbortController();
      // Both also reject with what the thread threw.
      const answered = once(worker, 'message', told);
      const ended = once(worker, 'exit', told).then(() => {
        throw new Error(`the thread that read ${one.vantage} ended without a word`);
      });
      worker.postMessage(one);
      try {
        const [read] = (await Promise.race([answered, ended])) as [VantageRead];
        return read;
      } finally {
        told.abort();
      }
    },
    end: () => worker.terminate(),
  };
}
