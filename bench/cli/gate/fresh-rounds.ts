import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { BenchError } from '../../base/errors.ts';
import type { FreshRounds } from '../../compare/gate/against.ts';
import { sidesOf } from '../../compare/sides-of.ts';
import { describeDifference, differencesOf } from '../../compare/unlike.ts';
import { openRun, type RunOnDisk } from '../../samples/open-run.ts';
import { partialOf } from '../../samples/run-folder.ts';
import { NotAgreed } from '../agree.ts';
import type { Io } from '../io.ts';
import { loadRun } from '../load-run.ts';
import { measureAgain } from '../measure-again.ts';
import { givenSettings } from '../measure/with-secrets.ts';
import { distrustOf } from './quality.ts';
import type { GateRequest } from './settings.ts';

/**
 * The rounds that stage 2 judges by: of the run that was handed over, of the one that an earlier gate measured for
 * this run, or measured now. Throws a BenchError (usage) if a run that was handed over is no second look at this one,
 * or nobody agrees to what measuring costs.
 */
export async function freshRounds(
  run: RunOnDisk,
  vantages: readonly string[],
  { flags, file, allowance }: GateRequest,
  io: Io,
): Promise<FreshRounds> {
  if (flags.confirmation !== undefined) return handedOver(run, flags.confirmation);
  if (!flags.confirm) return { state: 'missing', reason: 'it was not to be measured again' };
  const { dir, measured } = await placeFor(run);
  // The same gate twice gives the same answer.
  if (measured) return readFresh(dir);
  try {
    const given = givenSettings([...(file.env ?? []), ...(flags.env ?? [])], io.env);
    const again = { dir, allowance, quiet: flags.quiet === true, given };
    const fresh = await measureAgain(run.manifest, vantages, again, io);
    if (io.signal.aborted)
      throw new BenchError('interrupted', 'Interrupted while measuring again.', 'Run it again.');
    return await readFresh(fresh);
  } catch (error) {
    if (!(error instanceof BenchError) || error.kind !== 'usage') throw error;
    // Whoever is asked, and does not answer yes, gets no judgement that looks like one.
    if (error instanceof NotAgreed) throw error;
    return { state: 'missing', reason: `${error.message} ${error.fix}`.replace(/\.$/, '') };
  }
}

async function handedOver(first: RunOnDisk, dir: string): Promise<FreshRounds> {
  const { run } = await loadRun(dir);
  if (run.manifest.runId === first.manifest.runId)
    throw new BenchError(
      'usage',
      `--confirmation names the run itself: its rounds can't confirm themselves.`,
      'Measure a second run, with the same command and another --out DIR.',
    );
  const differences = differencesOf(first.manifest, run.manifest).map(describeDifference);
  if (differences.length > 0)
    throw new BenchError(
      'usage',
      `The confirming run was not measured alike: ${differences.join('; ')}.`,
      'Measure it with the same command and another --out DIR.',
    );
  return readFresh(dir);
}

/** Beside the run; a folder that an interrupted gate left, or the confirmation of an earlier run there, is stepped over. */
async function placeFor(run: RunOnDisk): Promise<{ dir: string; measured: boolean }> {
  const beside = `${await realpath(run.dir)}-confirmation`;
  for (let n = 1; ; n++) {
    const dir = n === 1 ? beside : `${beside}-${n}`;
    if (!existsSync(dir) && !existsSync(partialOf(dir))) return { dir, measured: false };
    const found = await openRun(dir).catch(() => undefined);
    const isOurs = found?.manifest.confirms === run.manifest.runId;
    if (isOurs && found.manifest.state === 'complete') return { dir, measured: true };
  }
}

async function readFresh(dir: string): Promise<FreshRounds> {
  const { run, series } = await loadRun(dir);
  const doubt = distrustOf(run);
  if (doubt !== undefined) {
    const reason = `the confirming run can't be trusted: ${doubt.because.join('; ')}`;
    return { state: 'missing', reason };
  }
  return { state: 'measured', runId: run.manifest.runId, sides: sidesOf(run.manifest, series) };
}
