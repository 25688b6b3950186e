import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { BenchError, messageOf } from '../base/errors.ts';

/**
 * Writes a file so that a reader sees all of it or none.
 * Throws a BenchError (fault) if the disk is full or refuses; what was there before stays.
 */
export async function writeWhole(file: string, content: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await saying(`write ${file}`, async () => {
    if (await isSpecial(file)) return writeFile(file, content);
    try {
      await writeFile(unfinished, content);
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  });
}

/** A device or a pipe (/dev/stdout, /dev/null) is written into: a file in its place would take it away from everybody. */
async function isSpecial(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Runs something that touches the disk; a refusal becomes a BenchError (fault) that says what to do. */
export async function saying<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (cause instanceof BenchError) throw cause;
    throw refusal(what, cause);
  }
}

function refusal(what: string, cause: unknown): BenchError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new BenchError(
      'fault',
      `The disk is full: could not ${what}.`,
      'Free some space, or write elsewhere with --out DIR.',
      { cause },
    );
  return new BenchError(
    'fault',
    `Could not ${what}: ${messageOf(cause)}.`,
    'Check that the folder exists and may be written, or write elsewhere with --out DIR.',
    { cause },
  );
}
