import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { RunOnDisk } from '../../samples/open-run.ts';
import { files } from '../../samples/run-folder.ts';

/** More would make the page no wiser, and its making slower. */
const atMost = 30;

/**
 * The runs that `bench run` left in the same folder before this one, which their names tell; none where the folder is
 * not one of its own or the run has another name: who put it there is not known.
 */
export async function earlierBeside({ dir: asked, manifest }: RunOnDisk): Promise<string[]> {
  const dir = await realpath(asked);
  const [parent, own] = [dirname(dir), basename(dir)];
  const names = await readdir(parent).catch((): string[] => []);
  if (own !== manifest.runId || !names.includes('latest')) return [];
  return names
    .filter((name) => /^\d{4}-\d\d-\d\dT[\d-]+-[\w-]+$/.test(name) && name < own)
    .sort()
    .slice(-atMost)
    .map((name) => join(parent, name))
    .filter((run) => existsSync(join(run, files.manifest)));
}
