import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../../base/errors.ts';
import type { Baseline } from '../../compare/baseline/baseline.ts';
import { findBaseline, openBaseline } from '../../compare/baseline/open-baseline.ts';
import { scriptChanges } from '../../compare/script-changes.ts';
import { describeDifference, differencesOf } from '../../compare/unlike.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { files } from '../../samples/run-folder.ts';
import type { GateRequest } from './settings.ts';

/** The accepted runs, if there are any and they can be compared with this one. */
export interface UsableBaseline {
  readonly baseline: Baseline | undefined;
  /** What a reader must know about it, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Opens the folder of the accepted runs; nothing lies there before the first one is accepted. Throws a BenchError
 * (usage) if it is named and missing, is a run, is damaged, or was measured under other conditions.
 */
export async function usableBaseline(
  { baseline: { dir, named }, flags, baselineTarget }: GateRequest,
  manifest: Manifest,
): Promise<UsableBaseline> {
  if (named) await refuseRun(dir);
  const found = named ? await openBaseline(dir) : await findBaseline(dir);
  if (found === undefined) return { baseline: undefined, notes: [] };
  const { baseline } = found;
  const differences = differencesOf(baseline.conditions, manifest).map(describeDifference);
  if (differences.length === 0)
    return { baseline, notes: scriptChanges(baseline.conditions, manifest) };
  const what = `The accepted runs and this one were not measured alike: ${differences.join('; ')}.`;
  if (flags.allowMixed === true) return { baseline, notes: [what] };
  // Judged within its own rounds, the run only loses the look back.
  if (!named && baselineTarget !== undefined)
    return { baseline: undefined, notes: [`${what} They are left out.`] };
  throw new BenchError(
    'usage',
    what,
    `Measure alike, accept runs into another folder (--accept --baseline DIR), or use --allow-mixed.`,
  );
}

/** Two runs of different days are no gate, however they are called. */
async function refuseRun(dir: string): Promise<void> {
  const isRun = await access(join(dir, files.manifest)).then(
    () => true,
    () => false,
  );
  if (!isRun) return;
  throw new BenchError(
    'usage',
    `${dir} is a run, and a run of another day is no baseline for a gate: 5 % of wobble between days gives 27 % false alarms.`,
    'Measure the baseline in the same rounds and name it with --baseline-target, or accept runs one by one with --accept and name a --control. To look at both runs: bench compare',
  );
}
