import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { metadataKeys, type Machine } from '../../providers/fly/machines-api.ts';
import { openRun } from '../../samples/open-run.ts';
import { files, partialOf } from '../../samples/run-folder.ts';

/**
 * Where the run of a machine was written to, if that was on this computer; else a new folder of its name. Undefined if
 * it had the samples of the machine's vantage when it ended.
 */
export async function runFolderOf(machine: Machine): Promise<string | undefined> {
  const run = runOf(machine);
  const cut = dirname(dirname(machine.metadata[metadataKeys.rows] ?? ''));
  const whole = cut.replace(/\.partial$/, '');
  const elsewhere = partialOf(join('reports', encodeURIComponent(run)));
  // Metadata can say anything: only what is a run of ours is written to.
  if (cut !== partialOf(whole)) return elsewhere;
  if (existsSync(join(cut, files.manifest))) return cut;
  const ended = await openRun(whole).catch(() => undefined);
  if (ended?.manifest.runId !== run) return elsewhere;
  return ended.manifest.vantages[vantageOf(machine)]?.state === 'measured' ? undefined : whole;
}

/** The id of the run that a machine was made for; empty if it does not say. */
export const runOf = ({ metadata }: Machine): string => metadata[metadataKeys.run] ?? '';

/** The vantage that a machine measured as. */
export const vantageOf = ({ metadata, region }: Machine): string =>
  metadata[metadataKeys.vantage] ?? region;
