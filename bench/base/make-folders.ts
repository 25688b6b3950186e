import { existsSync, mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. One by one: where a file system refuses folders altogether, as /proc does, Node's
 * own `recursive` never ends. `mode`, less the umask, is that of each folder that is made.
 */
export async function makeFolders(path: string, mode = 0o777): Promise<void> {
  if (existsSync(path)) return;
  await makeFolders(dirname(path), mode);
  await mkdir(path, mode).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

/** The same at once. */
export function makeFoldersSync(path: string, mode: number): void {
  if (existsSync(path)) return;
  makeFoldersSync(dirname(path), mode);
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
