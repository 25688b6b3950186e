import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { K6Options } from './options.ts';
import { cachedBinary, k6Folder } from './places.ts';
import { probe } from './probe.ts';
import { k6Version } from './version.ts';

/**
 * Lets `make` put a k6 into an empty folder and give its path, then checks it and renames it into the cache: other
 * processes see the old one, none, or all of it. The folder is gone afterwards, whatever happens.
 */
export async function placeBinary(
  options: K6Options,
  make: (folder: string) => Promise<string>,
): Promise<string> {
  const cached = cachedBinary(options);
  await mkdir(dirname(cached), { recursive: true });
  const folder = await mkdtemp(join(k6Folder(options), 'unfinished-'));
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

async function expectPinned(path: string): Promise<void> {
  const answer = await probe(path);
  if (answer.state !== 'k6' || answer.version !== k6Version)
    throw new Error(
      answer.state === 'k6' ? `it is k6 ${answer.version}` : `it does not run (${answer.state})`,
    );
}
