import { visible, visibleJson } from '../../base/visible.ts';
import { relative } from 'node:path';
import { BenchError } from '../../base/errors.ts';
import { accept } from '../../compare/baseline/accept.ts';
import { windowLength, type Baseline } from '../../compare/baseline/baseline.ts';
import { findBaseline } from '../../compare/baseline/open-baseline.ts';
import { writeBaseline } from '../../compare/baseline/write-baseline.ts';
import { acceptedNeeded } from '../../compare/gate/control.ts';
import { gateRounds } from '../../compare/gate/rounds-needed.ts';
import { thinCells } from '../../compare/gate/thin-cells.ts';
import { sidesOf } from '../../compare/sides-of.ts';
import { conditionsOf, describeDifference, differencesOf } from '../../compare/unlike.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { LoadedRun } from '../load-run.ts';
import { distrustOf, gapsOf } from './quality.ts';
import type { GateRequest } from './settings.ts';

/**
 * Records the run in the folder of the accepted ones. Throws a BenchError: `untrustworthy` for a run that no gate
 * would judge by, `usage` for one that is incomplete or unlike the others.
 */
export async function acceptRun(
  loaded: LoadedRun,
  request: GateRequest,
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  const { manifest } = loaded.run;
  refuseDoubtful(loaded);
  const before = await findBaseline(request.baseline.dir);
  refuseUnlike(before?.baseline, manifest, request);
  const { runId, startedAtIso } = manifest;
  const sides = sidesOf(manifest, loaded.series);
  const kept = { runId, startedAtIso, sides };
  const after = accept(before?.baseline, kept, conditionsOf(manifest));
  const file = await writeBaseline(request.baseline.dir, after);
  io.out.write(json ? jsonText(file, runId, after) : text(file, runId, after));
  return exitCodes.done;
}

function refuseDoubtful({ run, series }: LoadedRun): void {
  const [gap] = gapsOf(run);
  if (gap !== undefined)
    throw new BenchError(
      'usage',
      `An incomplete run is no baseline. ${gap}`,
      'Measure again, and accept a complete run.',
    );
  const { targets, vantages } = run.manifest.plan;
  const names = targets.map(({ name }) => name);
  const [thin] = thinCells(sidesOf(run.manifest, series), names, vantages);
  const few =
    thin === undefined
      ? []
      : [
          `${thin.target} at ${thin.vantage} has ${thin.rounds} valid rounds; a gate needs ${gateRounds}.`,
        ];
  const because = distrustOf(run)?.because.map((text) => `Reason: ${text}.`) ?? [];
  const [doubt] = [...because, ...few];
  if (doubt !== undefined)
    throw new BenchError(
      'untrustworthy',
      `This run is not trustworthy enough to be a baseline. ${doubt}`,
      'Measure again, with --profile standard if rounds are few.',
    );
}

function refuseUnlike(
  before: Baseline | undefined,
  manifest: Manifest,
  { flags }: GateRequest,
): void {
  if (before === undefined || flags.allowMixed === true) return;
  const differences = differencesOf(before.conditions, manifest).map(describeDifference);
  if (differences.length === 0) return;
  throw new BenchError(
    'usage',
    `The accepted runs and this one were not measured alike: ${differences.join('; ')}.`,
    'Accept it into another folder with --baseline DIR, remove the old baseline, or use --allow-mixed.',
  );
}

function text(file: string, runId: string, { window, fixed }: Baseline): string {
  const runs = window.length === 1 ? '1 accepted run' : `${window.length} accepted runs`;
  const more = acceptedNeeded - window.length;
  const later =
    more > 0 ? `; ${more} more before a gate judges by them` : `, at most ${windowLength} are kept`;
  const what = `Accepted ${runId}: ${relative('.', file)} now holds ${runs}${later}. The first one, ${fixed.runId}, stays.`;
  return `${visible(what)}\n`;
}

function jsonText(file: string, runId: string, { window, fixed }: Baseline): string {
  const runs = window.map((run) => run.runId);
  return `${visibleJson({ schema: 1, accepted: runId, file, runs, fixed: fixed.runId }, 2)}\n`;
}
