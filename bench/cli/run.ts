import type { Command } from 'commander';
import { join, relative } from 'node:path';
import type { Warning } from '../base/warnings.ts';
import type { BenchConfig } from '../config/config.ts';
import { bundleScenarios } from '../k6/bundle.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { judgeCalibration } from '../providers/local/judge-calibration.ts';
import { localProvider } from '../providers/local/index.ts';
import { execute, type Measured } from '../run/execute.ts';
import { recordBeginning, recordRun, type Beginning } from '../run/record.ts';
import { isUntrustworthy } from '../run/trust.ts';
import type { ReportModel } from '../report/model.ts';
import { renderRun } from '../report/render.ts';
import { writeReports } from '../report/write-reports.ts';
import { linkLatest } from '../samples/latest.ts';
import { manifestSchema, type Manifest } from '../samples/manifest.ts';
import { createRunFolder } from '../samples/run-folder.ts';
import { makeRunId } from '../samples/run-id.ts';
import { pairKey } from '../world/regions.ts';
import { makeWorld, type World } from '../world/world.ts';
import { describeDryRun } from './dry-run.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { findK6 } from './find-k6.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { loadConfig } from './load-config.ts';
import type { Action } from './main.ts';
import { loadReport } from './load-report.ts';
import { openPage } from './open-page.ts';
import { makeProgress, type Progress } from './progress.ts';
import { addRunFlags, type RunFlags } from './run-flags.ts';
import { versionsInUse } from './versions.ts';

export function runCommand(program: Command, choose: (action: Action) => void): void {
  addRunFlags(program.command('run'))
    .description('Measures topologies, or deployments of yours, from every region.')
    .addHelpText('after', '\nExample:\n  $ bench run --regions cdg,ord,syd,scl --rounds 8')
    .action((flags: RunFlags) => {
      choose((io) => run(flags, io));
    });
}

async function run(flags: RunFlags, io: Io): Promise<ExitCode> {
  const config = await loadConfig(flags);
  const plan = makePlan(config);
  const world = makeWorld(config.regions, config.rttOverrides);
  const seedFixed = flags.seed !== undefined;
  if (flags.dryRun === true) {
    io.out.write(
      flags.json === true
        ? `${JSON.stringify(plan, null, 2)}\n`
        : describeDryRun(plan, world, seedFixed),
    );
    return exitCodes.done;
  }
  const progress = makeProgress(io, flags.quiet === true);
  try {
    const { dir, manifest } = await measure(flags, config, plan, world, progress, io);
    const rendered = progress.step('Rendering the report');
    const { model } = await loadReport(dir);
    const page = await writeReports(dir, model);
    rendered();
    progress.stop();
    show(model, page, flags, io);
    if (flags.open === true) await openPage(page, io);
    if (manifest.state === 'interrupted') io.err.write(interruptedNote);
    return exitCodeFor(manifest);
  } finally {
    progress.stop();
  }
}

const interruptedNote =
  'Interrupted; everything was cleaned up, and what was measured until then is kept.\n';

function show(model: ReportModel, page: string, flags: RunFlags, io: Io): void {
  const text = {
    color: colorsFor(io.out, io.env).isColorSupported,
    columns: columnsOf(io.out),
    page: relative('.', page),
  };
  io.out.write(flags.json === true ? renderRun(model, 'json') : renderRun(model, 'text', text));
}

/** Measures and keeps the run; returns where it lies. */
async function measure(
  flags: RunFlags,
  config: BenchConfig,
  plan: Plan,
  world: World,
  progress: Progress,
  io: Io,
): Promise<{ dir: string; manifest: Manifest }> {
  const startedAt = new Date();
  const runId = makeRunId(startedAt, plan.profile, plan.seed);
  const script = await bundleScenarios(plan.scenarios);
  const k6 = await findK6(progress, io.signal);
  const folder = await createRunFolder(flags.out ?? join('reports', runId));
  const beginning: Beginning = {
    schema: manifestSchema,
    runId,
    startedAtIso: startedAt.toISOString(),
    command: ['bench', ...process.argv.slice(2)],
    provider: config.provider,
    versions: await versionsInUse(k6.version),
    plan,
    rtt: rttInForce(world),
  };
  try {
    await recordBeginning(folder, beginning);
    const measured = await execute({
      plan,
      provider: localProvider(k6.path, plan.seed),
      world: { world, primary: config.primary, topologies: config.topologies },
      bundle: await folder.writeScript(script),
      rowsFile: (vantage) => folder.samplesFile(vantage),
      events: progress,
      signal: io.signal,
    });
    const warnings = calibrationWarnings(measured);
    const manifest = await recordRun(folder, beginning, measured, io.signal.aborted, warnings);
    if (flags.out === undefined) await linkLatest(folder.dir);
    return { dir: folder.dir, manifest };
  } catch (error) {
    await folder.discardIfEmpty();
    throw error;
  }
}

const calibrationWarnings = ({ calibrations }: Measured): Warning[] =>
  calibrations.flatMap((calibration) => judgeCalibration(calibration));

function rttInForce(world: World): Manifest['rtt'] {
  const codes = world.regions.map(({ code }) => code);
  const pairs = codes.flatMap((a, i) => codes.slice(i + 1).map((b) => [a, b] as const));
  return Object.fromEntries(
    pairs.map(([a, b]) => [pairKey(a, b), { ms: world.rtt(a, b), source: world.source(a, b) }]),
  );
}

/** The worst of what can be said of a run decides. */
function exitCodeFor({ state, warnings }: Manifest): ExitCode {
  if (state === 'interrupted') return exitCodes.interrupted;
  if (state === 'partial') return exitCodes.partial;
  return warnings.some(isUntrustworthy) ? exitCodes.untrustworthy : exitCodes.done;
}
