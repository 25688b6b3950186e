import { join, relative } from 'node:path';
import type { Warning } from '../../base/warnings.ts';
import type { BenchConfig } from '../../config/config.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ReportModel, ReportOptions } from '../../report/model.ts';
import { renderRun } from '../../report/render.ts';
import { wrapText } from '../../report/text-table.ts';
import { renderFiles, writeReports } from '../../report/write-reports.ts';
import { isUntrustworthy } from '../../base/distrust.ts';
import { linkLatest } from '../../samples/latest.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { makeRunId } from '../../samples/run-id.ts';
import { compare } from '../compare.ts';
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
    const { dir, manifest, left } = await measure(
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
    if (flags.out === undefined) await linkLatest(dir);
    const rendered = progress.step('Rendering the report');
    // The world is down and the rows are kept. What stays and costs money must be said, however it ends.
    const rendering = <T>(act: () => T | Promise<T>) =>
      left === undefined ? interruptible(undefined, act) : act();
    const { model, series, files } = await rendering(async () => {
      const loaded = await loadReport(dir, (read) => besides(read, flags, io));
      return { ...loaded, files: renderFiles(loaded.model) };
    });
    const page = await writeReports(dir, files);
    await renewIndexPage(dir, io);
    rendered();
    progress.stop();
    const noise = config.aa ? await keepAa(manifest, series, io) : await knownNoise(plan, io);
    await rendering(() => {
      show(model, page, noise, flags, io);
    });
    if (flags.baseline !== undefined && flags.json !== true)
      await compare(flags.baseline, dir, { format: 'text', allowMixed: true }, io);
    if (flags.open === true) await openPage(page, io);
    if (left !== undefined) return showError(left, io);
    if (manifest.state === 'interrupted') io.err.write(interruptedNote);
    return exitCodeFor(manifest);
  });
}

/** A baseline that does not fit is no reason to have no page; `compare` says why. */
function besides(loaded: LoadedRun, { baseline }: RunFlags, io: Io): Promise<ReportOptions> {
  const alone = () => besidesOf(loaded, {}, io);
  return baseline === undefined ? alone() : besidesOf(loaded, { baseline }, io).catch(alone);
}

const interruptedNote =
  'Interrupted; everything was cleaned up, and what was measured until then is kept.\n';

function show(
  model: ReportModel,
  page: string,
  noise: string | undefined,
  flags: RunFlags,
  io: Io,
): void {
  const text = {
    color: colorsFor(io.out, io.env).isColorSupported,
    columns: columnsOf(io.out),
    page: relative('.', page),
  };
  if (flags.json === true) {
    io.out.write(renderRun(model, 'json'));
    return;
  }
  io.out.write(renderRun(model, 'text', text));
  if (noise !== undefined) io.out.write(`\n${wrapText(noise, text.columns)}\n`);
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
