import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileDigest } from './manifest.ts';

/** The digest of a regular file; undefined where there is none, or it can't be read. A pipe or a device is never opened. */
export async function digestOf(file: string): Promise<FileDigest | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    return { sha256: hash.digest('hex'), bytes };
  } catch {
    return undefined;
  }
}

/** Whether a file is the one of that digest; one of another size is not even read. */
export async function hasDigest(file: string, { sha256, bytes }: FileDigest): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true || found.size !== bytes) return false;
  return (await digestOf(file))?.sha256 === sha256;
}

/** The digest of a text that is written as UTF-8. */
export const sha256Of = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');
