import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

/**
 * Opens a file of ours to add to its end; makes it if it is not there. Rejects if something else stands under its name,
 * put there by somebody who may write in the folder: a link (ELOOP), a second name of another file, a pipe.
 */
export async function openToAppend(file: string, mode = 0o666): Promise<FileHandle> {
  const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  // Without waiting: a pipe that nobody reads would be waited for.
  const flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
  const handle = await open(file, flags, mode);
  const found = await handle.stat();
  if (found.isFile() && found.nlink === 1) return handle;
  await handle.close();
  throw new Error(`${file} is not a file of its own`);
}

/** Adds to the end of such a file. */
export async function appendOwn(
  file: string,
  content: string | Uint8Array,
  mode?: number,
): Promise<void> {
  const handle = await openToAppend(file, mode);
  try {
    await handle.appendFile(content);
  } finally {
    await handle.close();
  }
}
