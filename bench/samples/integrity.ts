import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { FileAltered } from '../base/warnings.ts';
import { digestOf, hasDigest } from './file-digest.ts';
import type { FileDigest, Manifest } from './manifest.ts';
import { files } from './run-folder.ts';

/** Name within the run folder, with `/` → what the file held when the run ended. */
export type RecordedFiles = Readonly<Record<string, FileDigest>>;

/** Files of a run, besides its rows, from which figures or verdicts follow. */
const judgedFiles = [files.outcomes, files.lag, files.links, files.script];

/**
 * The digests of everything in a run folder that figures rest on, to be kept in its manifest: whoever reads the run later
 * sees whether it still is what was judged. Call it after the last of them was written.
 */
export async function recordFiles(dir: string): Promise<RecordedFiles> {
  const rows = await readdir(join(dir, 'samples')).catch((): string[] => []);
  const names = [
    ...judgedFiles,
    ...rows.filter((name) => name.endsWith('.csv.gz')).map((name) => posix.join('samples', name)),
  ];
  const found: Record<string, FileDigest> = {};
  for (const name of names) {
    const digest = await digestOf(join(dir, name));
    if (digest !== undefined) found[name] = digest;
  }
  return found;
}

/**
 * What is no longer as it was recorded. Nothing for a run without records: an older version made it, or it was cut, which
 * is said elsewhere. Only names of our own are looked at, whatever the manifest lists.
 */
export async function alteredFiles(dir: string, manifest: Manifest): Promise<FileAltered[]> {
  const { files: recorded, plan, added = [] } = manifest;
  if (recorded === undefined) return [];
  const rows = plan.vantages.flatMap((vantage) => [
    files.samples(vantage),
    ...added.map((_, i) => files.part(vantage, i + 1)),
  ]);
  const found: FileAltered[] = [];
  for (const name of [...judgedFiles, ...rows].map((path) => path.replaceAll('\\', '/'))) {
    const alteration = await alterationOf(join(dir, name), name, recorded);
    if (alteration !== undefined) found.push({ code: 'file-altered', file: name, ...alteration });
  }
  return found;
}

/** Why a file that was recorded and is not there is not as it was. */
export const gone = 'is gone';

type Alteration = Pick<FileAltered, 'reason' | 'isLess'>;

async function alterationOf(
  file: string,
  name: string,
  recorded: RecordedFiles,
): Promise<Alteration | undefined> {
  const digest = Object.hasOwn(recorded, name) ? recorded[name] : undefined;
  const bytes = await sizeOf(file);
  if (digest === undefined)
    return bytes === undefined ? undefined : { reason: 'was not there when the run ended' };
  if (bytes === undefined) return { reason: gone, isLess: true };
  if (bytes < digest.bytes)
    return {
      reason: `is not the file that the run wrote (${bytes} bytes in place of ${digest.bytes})`,
      isLess: true,
    };
  if (await hasDigest(file, digest)) return undefined;
  return { reason: 'is not the file that the run wrote (its SHA-256 differs)' };
}

/** Undefined where nothing is. */
const sizeOf = (file: string): Promise<number | undefined> =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
