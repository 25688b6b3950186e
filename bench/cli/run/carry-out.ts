import { dirname, join, relative } from 'node:path';
import type { Warning } from '../../base/warnings.ts';
import type { BenchConfig } from '../../config/config.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ReportModel, ReportOptions } from '../../report/model.ts';
import { renderRun } from '../../report/render.ts';
import { wrapText } from '../../report/text-table.ts';
import { pageIn, renderFiles, writeReports } from '../../report/write-reports.ts';
import { isUntrustworthy } from '../../base/distrust.ts';
import { linkLatest } from '../../samples/latest.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { makeRunId } from '../../samples/run-id.ts';
import type { Series } from '../../samples/series.ts';
import { compare } from '../compare.ts';
import { eachByItself, type EachByItself } from '../each-by-itself.ts';
import type { MakeEngine } from '../engine.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { renewIndexPage } from '../index-page.ts';
import { interruptible } from '../interruptible.ts';
import { colorsFor, columnsOf, type Io } from '../io.ts';
import { loadReport } from '../load-report.ts';
import type { LoadedRun } from '../load-run.ts';
import { measure } from '../measure.ts';
import { keepAa, knownNoise } from '../noise.ts';
import { openPage } from '../open-page.ts';
import { besidesOf } from '../report/besides.ts';
import type { RunFlags } from '../run-flags.ts';
import { showError } from '../show-error.ts';
import { withProgress } from '../with-progress.ts';
import { worldRequest } from '../world-request.ts';

/** A run that is decided on, and what carries it out. */
export interface DecidedRun {
  readonly config: BenchConfig;
  readonly plan: Plan;
  readonly engine: MakeEngine;
  /** What is known before and must travel with the results. */
  readonly warnings?: readonly Warning[];
}

/** Measures, keeps and shows a run. Its worst news is the exit code. */
export function carryOut(
  { config, plan, engine, warnings = [] }: DecidedRun,
  flags: RunFlags,
  io: Io,
): Promise<ExitCode> {
  return withProgress({ quiet: flags.quiet === true, io }, async (progress) => {
    const startedAt = new Date();
    const runId = makeRunId(startedAt, plan.profile, plan.seed);
    const { dir, manifest, left, unkept } = await measure(
      {
        ...{ plan, world: worldRequest(config), runId, startedAt, engine, warnings },
        replan: (seen) => makePlan(config, seen),
        dir: flags.out ?? join('reports', runId),
        // A budget of time is kept to.
        mayGrow: config.duration === undefined,
      },
      progress,
      io,
    );
    const rendered = progress.step('Rendering the report');
    // The world is down and the rows are kept. What stays and costs money must be said, however it ends; and a keystroke
    // that a shell or npm passes on once more must not hide what the first one left.
    const mayEnd = left === undefined && manifest.state !== 'interrupted';
    const rendering: Rendering = (act) =>
      mayEnd ? interruptible(undefined, act) : Promise.resolve().then(act);
    const { run, model, series } = await rendering(() =>
      loadReport(dir, (loaded) => besides(loaded, flags, io), unkept?.known),
    );
    rendered();
    progress.stop();
    // From here on nothing may hide the results.
    await rendering(() => {
      show(model, flags, io);
    });
    const after = eachByItself(io);
    if (unkept !== undefined) {
      after.failed(unkept.error);
      io.err.write(`note What could be kept is in ${relative('.', run.dir)}.\n`);
    }
    await writeAll({ dir: run.dir, model, rendering }, flags, after, io);
    await after.must(() => showNoise({ manifest, series, isAa: config.aa }, flags, io));
    if (flags.baseline !== undefined && flags.json !== true) {
      const { baseline } = flags;
      await after.must(() => compare(baseline, run.dir, { format: 'text', allowMixed: true }, io));
    }
    if (flags.open === true) await openPage(pageIn(run.dir), io);
    if (left !== undefined) return showError(left, io);
    if (manifest.state === 'interrupted') io.err.write(interruptedNote);
    return after.exitCode(exitCodeFor(manifest));
  });
}

/** Carries out what leaves nothing behind if it is cut. */
type Rendering = <T>(act: () => T | Promise<T>) => Promise<T>;

interface Written {
  readonly dir: string;
  readonly model: ReportModel;
  readonly rendering: Rendering;
}

/** The files of the run, and what leads to them. */
async function writeAll(
  { dir, model, rendering }: Written,
  { out, json }: RunFlags,
  after: EachByItself,
  io: Io,
): Promise<void> {
  const files = await rendering(() => renderFiles(model));
  const isThere = await writeReports(dir, files, after.must);
  if (isThere && json !== true) io.out.write(`\nPage: ${relative('.', pageIn(dir))}\n`);
  if (out === undefined)
    await after.may(
      () => linkLatest(dir),
      `${relative('.', join(dirname(dir), 'latest'))} does not point to this run`,
      `Name the run itself: bench report ${relative('.', dir)}.`,
    );
  await renewIndexPage(dir, after);
}

/** A baseline that does not fit is no reason to have no page (`compare` says why), nor is a folder that can't be read. */
function besides(loaded: LoadedRun, { baseline }: RunFlags, io: Io): Promise<ReportOptions> {
  const alone = () => besidesOf(loaded, {}, io).catch(() => ({}));
  return baseline === undefined ? alone() : besidesOf(loaded, { baseline }, io).catch(alone);
}

const interruptedNote =
  'Interrupted; everything was cleaned up, and what was measured until then is kept.\n';

function show(model: ReportModel, { json }: RunFlags, io: Io): void {
  const color = colorsFor(io.out, io.env).isColorSupported;
  const text = { color, columns: columnsOf(io.out) };
  io.out.write(json === true ? renderRun(model, 'json') : renderRun(model, 'text', text));
}

interface Noisy {
  readonly manifest: Manifest;
  readonly series: readonly Series[];
  readonly isAa: boolean;
}

/** What A/A runs say of this machine; this one is kept among them. */
async function showNoise({ manifest, series, isAa }: Noisy, flags: RunFlags, io: Io) {
  const noise = isAa ? await keepAa(manifest, series, io) : await knownNoise(manifest.plan, io);
  if (noise !== undefined && flags.json !== true)
    io.out.write(`\n${wrapText(noise, columnsOf(io.out))}\n`);
}

/** The worst of what can be said of a run decides. */
function exitCodeFor({ state, warnings }: Manifest): ExitCode {
  if (state === 'interrupted') return exitCodes.interrupted;
  if (state === 'partial') return exitCodes.partial;
  if (warnings.some(isUntrustworthy)) return exitCodes.untrustworthy;
  if (warnings.some(({ code }) => code === 'target-failed')) return exitCodes.partial;
  // A script's own thresholds are budgets.
  const crossed = warnings.some(({ code }) => code === 'thresholds-crossed');
  return crossed ? exitCodes.regression : exitCodes.done;
}
