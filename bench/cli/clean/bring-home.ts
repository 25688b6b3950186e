import { join, relative } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { makeFolders } from '../../base/make-folders.ts';
import { metadataKeys, type Machine, type MachinesApi } from '../../providers/fly/machines-api.ts';
import { rescueRows } from '../../providers/fly/vantage/rescue.ts';
import { forgetOutcomes, recordAgain } from '../../samples/forget-outcomes.ts';
import { realFolder } from '../../samples/real-folder.ts';
import { files } from '../../samples/run-folder.ts';
import { runFolderOf, vantageOf } from './run-folder-of.ts';

/** What became of the samples that a machine still held. */
export type Samples =
  | { readonly state: 'none' }
  | { readonly state: 'kept'; readonly file: string }
  | { readonly state: 'lost'; readonly reason: string };

/** Fetches the samples of a machine before it is destroyed, into the run folder for which they were measured. */
export async function bringHome(api: MachinesApi, app: string, machine: Machine): Promise<Samples> {
  const { id, state, metadata } = machine;
  if (state !== 'started' || metadata[metadataKeys.rows] === undefined) return { state: 'none' };
  const vantage = vantageOf(machine);
  try {
    const run = await runFolderOf(machine);
    if (run === undefined) return { state: 'none' };
    await makeFolders(run);
    await realFolder(join(run, 'samples'));
    const file = await rescueRows(
      (command, options) => api.exec(app, id, command, options),
      (part) => join(run, part === 0 ? files.samples(vantage) : files.part(vantage, part)),
    );
    if (file === undefined) return { state: 'none' };
    // What was judged of fewer rows would hide these; those of a later part are judged anew in any case.
    if (file === join(run, files.samples(vantage))) await forgetOutcomes(run, vantage);
    await recordAgain(run, [relative(run, file), files.outcomes]);
    return { state: 'kept', file: relative('.', file) };
  } catch (error) {
    return { state: 'lost', reason: messageOf(error) };
  }
}
