import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { programPath } from '../../base/package-root.ts';
import { readVantage, type VantageFile, type VantageRead } from './read-vantage.ts';

/** Bytes of samples from which threads save more than it takes to start them: about half a second of reading. */
const worthThreads = 8 * 2 ** 20;

/** Reads all vantages: from `threadsFrom` bytes of samples on in a thread for each processor. */
export async function readVantages(
  all: readonly VantageFile[],
  threadsFrom: number = worthThreads,
): Promise<VantageRead[]> {
  const sizes = await Promise.all(all.map(({ file }) => sizeOf(file)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const [read, atOnce] =
    bytes < threadsFrom ? [readVantage, 1] : [readInThread, availableParallelism()];
  const reads: VantageRead[] = [];
  const waiting = all.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [i, one] of waiting) reads[i] = await read(one);
    }),
  );
  return reads;
}

const sizeOf = async (file: string | undefined): Promise<number> =>
  file === undefined
    ? 0
    : stat(file).then(
        ({ size }) => size,
        () => 0,
      );

function readInThread(one: VantageFile): Promise<VantageRead> {
  return new Promise((resolve, reject) => {
    new Worker(programPath('reader'), { workerData: one })
      .once('message', resolve)
      .once('error', reject)
      .once('exit', () => {
        reject(new Error(`the thread that read ${one.name} ended without a word`));
      });
  });
}
