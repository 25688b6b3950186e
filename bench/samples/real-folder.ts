import { lstat, mkdir } from 'node:fs/promises';

/**
 * Makes a folder in a run folder if need be. Rejects if a link stands in its place: what is written there would go
 * elsewhere.
 */
export async function realFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a folder of its own`);
}
