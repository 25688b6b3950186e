import type { Command } from 'commander';
import { join, relative } from 'node:path';
import type { BenchConfig } from '../config/config.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { ObjectStorage } from '../providers/fly/storage/object-storage.ts';
import { isUntrustworthy } from '../run/trust.ts';
import type { ReportModel, ReportOptions } from '../report/model.ts';
import { renderRun } from '../report/render.ts';
import { writeReports } from '../report/write-reports.ts';
import { linkLatest } from '../samples/latest.ts';
import type { Manifest } from '../samples/manifest.ts';
import { makeRunId } from '../samples/run-id.ts';
import { wrapText } from '../report/text-table.ts';
import { compare } from './compare.ts';
import { openOperand } from './compare/opened.ts';
import { describeDryRun, dryRunJson } from './dry-run.ts';
import { flyEngine, localEngine, type MakeEngine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { concerns, consent } from './fly/consent.ts';
import { openStorage } from './fly/open-storage.ts';
import { checkReachable, decideFlyRun, type FlyRunDecision } from './fly/fly-run.ts';
import { renewIndexPage } from './index-page.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { loadConfig } from './load-config.ts';
import type { Action } from './main.ts';
import { loadReport } from './load-report.ts';
import type { LoadedRun } from './load-run.ts';
import { measure } from './measure.ts';
import { openPage } from './open-page.ts';
import { keepAa, knownNoise } from './noise.ts';
import { makeProgress } from './progress.ts';
import { besidesOf } from './report/besides.ts';
import { addRunFlags, type RunFlags } from './run-flags.ts';
import { showError } from './show-error.ts';
import { worldRequest } from './world-request.ts';

export function runCommand(program: Command, choose: (action: Action) => void): void {
  addRunFlags(program.command('run'))
    .description('Measures topologies, or deployments of yours, from every region.')
    .addHelpText('after', '\nExample:\n  $ bench run --regions cdg,ord,syd,scl --rounds 8')
    .action((flags: RunFlags) => {
      choose((io) => run(flags, io));
    });
}

async function run(flags: RunFlags, io: Io): Promise<ExitCode> {
  const wanted = await loadConfig(flags);
  const fly =
    wanted.provider === 'fly' ? await decideFlyRun(wanted, flags.dryRun === true, io) : undefined;
  const config = fly?.config ?? wanted;
  const plan = fly?.plan ?? makePlan(config);
  const world = worldRequest(config);
  if (flags.dryRun === true) {
    const dry = { plan, world: world.world, seedFixed: flags.seed !== undefined, fly };
    io.out.write(flags.json === true ? dryRunJson(dry) : describeDryRun(dry));
    return exitCodes.done;
  }
  // A baseline that can't be read must not be found out after minutes of measuring.
  if (flags.baseline !== undefined) await openOperand('--baseline', flags.baseline);
  const storage = fly === undefined ? undefined : await agree(fly, flags, io);
  const progress = makeProgress(io, flags.quiet === true);
  try {
    const startedAt = new Date();
    const runId = makeRunId(startedAt, plan.profile, plan.seed);
    const { dir, manifest, left } = await measure(
      {
        ...{ plan, world, runId, startedAt },
        dir: flags.out ?? join('reports', runId),
        // A budget of time is kept to.
        mayGrow: config.duration === undefined,
        engine: engineOf(config, fly, storage),
      },
      progress,
      io,
    );
    if (flags.out === undefined) await linkLatest(dir);
    const rendered = progress.step('Rendering the report');
    const { model, series } = await loadReport(dir, (loaded) => besides(loaded, flags, io));
    const page = await writeReports(dir, model);
    await renewIndexPage(dir, io);
    rendered();
    progress.stop();
    const noise = config.aa ? await keepAa(manifest, series, io) : await knownNoise(plan, io);
    show(model, page, noise, flags, io);
    if (flags.baseline !== undefined && flags.json !== true)
      await compare(flags.baseline, dir, { format: 'text', allowMixed: true }, io);
    if (flags.open === true) await openPage(page, io);
    if (left !== undefined) return showError(left, io);
    if (manifest.state === 'interrupted') io.err.write(interruptedNote);
    return exitCodeFor(manifest);
  } finally {
    progress.stop();
  }
}

/** Whatever a person should know before something is paid for; and the storage that the run may use. */
async function agree(
  fly: FlyRunDecision,
  flags: RunFlags,
  io: Io,
): Promise<ObjectStorage | undefined> {
  const note = (text: string) => io.err.write(`note ${text}\n`);
  fly.notes.forEach(note);
  await checkReachable(fly, note, io);
  const storage = await openStorage(fly.config.fly, io);
  const spending = { costUsd: fly.costUsd, maxCostUsd: fly.config.fly.maxCostUsd };
  await consent(concerns(fly.load, spending), flags.yes === true, io);
  return storage;
}

function engineOf(
  config: BenchConfig,
  fly: FlyRunDecision | undefined,
  storage: ObjectStorage | undefined,
): MakeEngine {
  return fly === undefined
    ? localEngine(config.seed)
    : flyEngine(config.fly, config.topologies.length > 0, storage);
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
  return warnings.some(isUntrustworthy) ? exitCodes.untrustworthy : exitCodes.done;
}
