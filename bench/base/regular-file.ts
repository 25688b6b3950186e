import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { BenchError } from './errors.ts';

const MEBIBYTE = 2 ** 20;

/**
 * Opens a file for reading. Throws a BenchError (usage) for all that is no file: a pipe or a device may never end, or
 * never begin. Errors of the system, such as ENOENT, stay what they are.
 */
export async function openRegular(path: string): Promise<FileHandle> {
  // A pipe without a writer would keep even the opening waiting.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === 'ENXIO' ? noFile(path, 'a socket') : error;
    },
  );
  const what = kindOf(await handle.stat());
  if (what === undefined) return handle;
  await handle.close();
  throw noFile(path, what);
}

/** Reads a file whole. Throws as {@link openRegular}, and a BenchError (usage) if it is larger than `mostBytes`. */
export async function readRegular(path: string, mostBytes: number): Promise<Buffer> {
  const handle = await openRegular(path);
  try {
    return await readUpTo(handle, path, mostBytes);
  } finally {
    await handle.close();
  }
}

/**
 * Reads what a user named by hand: a file, or a pipe that the shell handed over (`/dev/stdin`, `<(…)`). Throws as
 * {@link readRegular}.
 */
export function readNamed(path: string, mostBytes: number): Promise<Buffer> {
  if (!isHandedOver(path)) return readRegular(path, mostBytes);
  const read = handedOver.get(path) ?? readPipe(path, mostBytes);
  handedOver.set(path, read);
  return read;
}

/** A pipe can be read once only, and its text is asked for more often. */
const handedOver = new Map<string, Promise<Buffer>>();

async function readPipe(path: string, mostBytes: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    if ((await handle.stat()).isDirectory()) throw noFile(path, 'a folder');
    return await readUpTo(handle, path, mostBytes);
  } finally {
    await handle.close();
  }
}

const isHandedOver = (path: string): boolean =>
  /^\/dev\/(?:stdin|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/.test(path);

/** Its size may be a lie (of `/proc` it is 0), or grow meanwhile: what is read is counted. */
async function readUpTo(handle: FileHandle, path: string, mostBytes: number): Promise<Buffer> {
  const { size } = await handle.stat();
  if (size > mostBytes) throw tooLarge(path, mostBytes);
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const room = Buffer.allocUnsafe(Math.min(Math.max(size - length, 0) + 4096, 16 * MEBIBYTE));
    const { bytesRead } = await handle.read(room, 0, room.length, null);
    if (bytesRead === 0) return Buffer.concat(chunks, length);
    length += bytesRead;
    if (length > mostBytes) throw tooLarge(path, mostBytes);
    chunks.push(room.subarray(0, bytesRead));
  }
}

/** Whether a file is there. Throws as {@link openRegular} for anything else in its place. */
export async function isRegular(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  const what = found && kindOf(found);
  if (what !== undefined) throw noFile(path, what);
  return found !== undefined;
}

/** Undefined for a file. */
function kindOf(found: Stats): string | undefined {
  if (found.isFile()) return undefined;
  if (found.isSocket()) return 'a socket';
  if (found.isDirectory()) return 'a folder';
  return found.isFIFO() ? 'a pipe' : 'a device';
}

const noFile = (path: string, what: string): BenchError =>
  new BenchError(
    'usage',
    `${path} is ${what}, not a file.`,
    'Put the file in its place: nothing else is read.',
  );

const tooLarge = (path: string, mostBytes: number): BenchError =>
  new BenchError(
    'usage',
    `${path} is larger than the ${mostBytes / MEBIBYTE} MiB that are read.`,
    'It is not what bench writes, or is damaged: restore it, or name another.',
  );
