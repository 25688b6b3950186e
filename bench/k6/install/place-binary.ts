import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BenchError } from '../../base/errors.ts';
import { ChangeableFolder, makeOwn } from '../../base/own-folder.ts';
import type { K6Options } from './options.ts';
import { cachedBinary, k6Folder } from './places.ts';
import { probe } from './probe.ts';
import { k6Version } from './version.ts';

/**
 * Lets `make` put a k6 into an empty folder and give its path, then checks it and renames it into the cache: other
 * processes see the old one, none, or all of it. The folder is gone afterwards, whatever happens. Throws a BenchError
 * (fault) if the cache can't be written.
 */
export async function placeBinary(
  options: K6Options,
  make: (folder: string) => Promise<string>,
): Promise<string> {
  const cached = cachedBinary(options);
  const folder = await emptyFolder(options, dirname(cached));
  try {
    const made = await make(folder);
    await chmod(made, 0o755);
    await expectPinned(made);
    await rename(made, cached);
    return cached;
  } finally {
    // Go makes what it downloads read-only; nothing of that is here, but a killed compiler may still be writing.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** No way to get k6 helps where it can't be kept: that is a BenchError (fault), which ends the search for one. */
async function emptyFolder(options: K6Options, home: string): Promise<string> {
  try {
    await makeOwn(home);
    return await mkdtemp(join(k6Folder(options), 'unfinished-'));
  } catch (cause) {
    throw cantKeep(options, cause);
  }
}

/** Why a k6 can't be kept in the cache, and what to do. */
export function cantKeep(options: K6Options, cause: unknown): BenchError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  const isOthers = cause instanceof ChangeableFolder;
  const why = isOthers
    ? `others could put programs of theirs into ${k6Folder(options)} (${cause.message})`
    : `the folder ${k6Folder(options)} can't be written (${code})`;
  return new BenchError(
    'fault',
    `k6 ${k6Version} is not here, and can't be kept: ${why}.`,
    `${isOthers ? 'Take that right from them' : 'Make that folder writable'}, ${options.platform === 'darwin' ? '' : 'set XDG_CACHE_HOME to a folder of your own, '}or set K6_PATH to a k6 ${k6Version}.`,
    { cause },
  );
}

async function expectPinned(path: string): Promise<void> {
  const answer = await probe(path);
  if (answer.state !== 'k6' || answer.version !== k6Version)
    throw new Error(
      answer.state === 'k6' ? `it is k6 ${answer.version}` : `it does not run (${answer.state})`,
    );
}
