import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { isRegular } from '../base/regular-file.ts';
import { exists } from './exists.ts';

/**
 * Where a k6 on this machine writes the rows that belong in `x.csv.gz`: `x.csv`. It flushes plain rows whenever it is
 * told to, but holds packed ones back for some ten seconds, which would be lost with it.
 */
export const plainRowsFile = (rowsFile: string): string => rowsFile.replace(/\.gz$/, '');

/**
 * The file that has the rows: the plain one while it is there, as packing it may have been cut. Undefined: neither. Throws
 * a BenchError (usage) for what is no file.
 */
export async function findRowsFile(rowsFile: string): Promise<string | undefined> {
  const plain = plainRowsFile(rowsFile);
  if (await isRegular(plain)) return plain;
  return (await isRegular(rowsFile)) ? rowsFile : undefined;
}

/**
 * Packs plain rows into the file where they belong; nothing to do if there are none. Rows that can't be packed, as on a
 * full disk, stay plain: every reader takes them too.
 */
export async function packRows(rowsFile: string): Promise<void> {
  const plain = plainRowsFile(rowsFile);
  if (plain === rowsFile || !(await exists(plain))) return;
  try {
    await pipeline(createReadStream(plain), createGzip(), createWriteStream(rowsFile));
  } catch {
    await rm(rowsFile, { force: true });
    return;
  }
  await rm(plain);
}
