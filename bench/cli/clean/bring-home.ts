import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { metadataKeys, type Machine, type MachinesApi } from '../../providers/fly/machines-api.ts';
import { rescueRows } from '../../providers/fly/vantage/rescue.ts';
import { files, partialOf } from '../../samples/run-folder.ts';

/** What became of the samples that a machine still held. */
export type Samples =
  | { readonly state: 'none' }
  | { readonly state: 'kept'; readonly file: string }
  | { readonly state: 'lost'; readonly reason: string };

/** Fetches the samples of a machine before it is destroyed, into the run folder for which they were measured. */
export async function bringHome(api: MachinesApi, app: string, machine: Machine): Promise<Samples> {
  const { id, state, metadata } = machine;
  const rows = metadata[metadataKeys.rows];
  if (state !== 'started' || rows === undefined) return { state: 'none' };
  const vantage = metadata[metadataKeys.vantage] ?? machine.region;
  const run = runFolder(rows, metadata[metadataKeys.run] ?? '');
  try {
    await mkdir(join(run, 'samples'), { recursive: true });
    const file = await rescueRows(
      (command, options) => api.exec(app, id, command, options),
      (part) => join(run, part === 0 ? files.samples(vantage) : files.part(vantage, part)),
    );
    return file === undefined ? { state: 'none' } : { state: 'kept', file: relative('.', file) };
  } catch (error) {
    return { state: 'lost', reason: messageOf(error) };
  }
}

/** Where the run was written to, if that was on this computer; else a new folder of its name. */
function runFolder(rows: string, run: string): string {
  const folder = dirname(dirname(rows));
  // Metadata can say anything: only what is a cut run is written to.
  const isCut = folder === partialOf(folder.replace(/\.partial$/, ''));
  if (isCut && existsSync(join(folder, files.manifest))) return folder;
  return partialOf(join('reports', encodeURIComponent(run)));
}
