import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BenchError, messageOf } from '../base/errors.ts';

/**
 * Writes a file so that a reader sees all of it or none. The folder may be somebody else's: what stands under the name
 * (a link, a pipe, a hard link to another file) is replaced and never written into.
 * Throws a BenchError (fault) if the disk is full or refuses; what was there before stays.
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  await saying(`write ${file}`, async () => {
    const unfinished = unfinishedBeside(file);
    // `wx` is O_EXCL: it follows no link and takes no file that is there.
    const handle = await open(unfinished, 'wx');
    try {
      await handle.writeFile(content).finally(() => handle.close());
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  });
}

/** A name beside a file that nobody can guess: whoever may write there could have put a link under one that they can. */
export const unfinishedBeside = (file: string): string =>
  join(dirname(file), `.bench-${randomBytes(9).toString('hex')}.unfinished`);

/**
 * The same for a file that the user named: a device or a pipe (/dev/stdout, /dev/null, a FIFO) is written into, as a file
 * in its place would take it away from everybody. A link to a file is replaced, as any file is.
 */
export async function writeNamed(file: string, content: string | Uint8Array): Promise<void> {
  if (!(await isSpecial(file))) return writeWhole(file, content);
  await saying(`write ${file}`, async () => {
    // Appended: /dev/stdout may be a file that has something in it already.
    const handle = await open(file, constants.O_WRONLY | constants.O_APPEND);
    await handle.writeFile(content).finally(() => handle.close());
  });
}

/** /dev/stdout is a link to whatever standard output is, and no place for a file even where that is one. */
async function isSpecial(file: string): Promise<boolean> {
  const folder = await realpath(dirname(resolve(file))).catch(() => '');
  const found = await stat(file).catch(() => undefined);
  if (found === undefined || found.isDirectory()) return false;
  return !found.isFile() || /^\/(?:dev|proc)(?:\/|$)/.test(folder);
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
