import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { metadataKeys, type Machine, type MachinesApi } from '../../providers/fly/machines-api.ts';
import { rescueRows } from '../../providers/fly/vantage/rescue.ts';
import { forgetOutcomes } from '../../samples/forget-outcomes.ts';
import { openRun } from '../../samples/open-run.ts';
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
  try {
    const run = await folderFor(vantage, rows, metadata[metadataKeys.run] ?? '');
    if (run === undefined) return { state: 'none' };
    await mkdir(join(run, 'samples'), { recursive: true });
    const file = await rescueRows(
      (command, options) => api.exec(app, id, command, options),
      (part) => join(run, part === 0 ? files.samples(vantage) : files.part(vantage, part)),
    );
    if (file === undefined) return { state: 'none' };
    // What was judged of fewer rows would hide these; those of a later part are judged anew in any case.
    if (file === join(run, files.samples(vantage))) await forgetOutcomes(run, vantage);
    return { state: 'kept', file: relative('.', file) };
  } catch (error) {
    return { state: 'lost', reason: messageOf(error) };
  }
}

/**
 * Where the run was written to, if that was on this computer; else a new folder of its name. Undefined if it had the
 * samples of the vantage when it ended.
 */
async function folderFor(vantage: string, rows: string, run: string): Promise<string | undefined> {
  const cut = dirname(dirname(rows));
  const whole = cut.replace(/\.partial$/, '');
  const elsewhere = partialOf(join('reports', encodeURIComponent(run)));
  // Metadata can say anything: only what is a run of ours is written to.
  if (cut !== partialOf(whole)) return elsewhere;
  if (existsSync(join(cut, files.manifest))) return cut;
  const ended = await openRun(whole).catch(() => undefined);
  if (ended?.manifest.runId !== run) return elsewhere;
  return ended.manifest.vantages[vantage]?.state === 'measured' ? undefined : whole;
}
