import { visible } from '../base/visible.ts';
import type { Command } from 'commander';
import { BenchError } from '../base/errors.ts';
import type { BenchConfig } from '../config/config.ts';
import { makePlan } from '../plan/make-plan.ts';
import { maskerOfPlan, maskPlan } from '../plan/mask-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { flyToken } from '../providers/fly/machines.ts';
import { openOperand } from './compare/opened.ts';
import { describeDryRun, dryRunJson } from './dry-run.ts';
import { flyEngine, localEngine } from './engine.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { firstLook } from './first-look.ts';
import { withFly, type FlyConnection } from './fly/connection.ts';
import { consentTo } from './fly/consent-to.ts';
import { firstTimeNotes } from './fly/first-time.ts';
import { checkReachable, decideFlyRun, type FlyRunDecision } from './fly/fly-run.ts';
import { withStorage } from './fly/with-storage.ts';
import { hidingSecrets } from './hide-secrets.ts';
import { interruptible } from './interruptible.ts';
import type { Io } from './io.ts';
import { withFileFlags } from './file-flags.ts';
import { loadConfig } from './load-config.ts';
import type { Action } from './main.ts';
import { carryOut } from './run/carry-out.ts';
import { addRunFlags, type RunFlags } from './run-flags.ts';
import { worldRequest } from './world-request.ts';

export function runCommand(program: Command, choose: (action: Action) => void): void {
  addRunFlags(program.command('run'))
    .description('Measures topologies, or deployments of yours, from every region.')
    .addHelpText('after', '\nExample:\n  $ bench run --regions cdg,ord,syd,scl --rounds 8')
    .action((flags: RunFlags) => {
      choose((io) => run(flags, io));
    });
}

async function run(typed: RunFlags, io: Io): Promise<ExitCode> {
  const { config, flags } = await interruptible(io.signal, () => readInputs(typed, io));
  return hidingSecrets(io, maskerOfPlan(config), (quietly) => runWith(config, flags, quietly));
}

async function runWith(config: BenchConfig, flags: RunFlags, io: Io): Promise<ExitCode> {
  if (config.provider === 'fly') return runOnFly(config, flags, io);
  if (flags.dryRun === true) return showPlan({ config, plan: makePlan(config) }, flags, io);
  const { config: fit, warnings, ...seen } = await firstLook(config, io);
  const engine = localEngine(fit.seed);
  return carryOut({ config: fit, plan: makePlan(fit, seen), engine, warnings }, flags, io);
}

async function readInputs(typed: RunFlags, io: Io) {
  const config = await loadConfig(typed, io.env);
  const flags = await withFileFlags(typed);
  // Node has replaced what was no text by this character: the folder would have another name.
  if (flags.out?.includes('\ufffd') === true)
    throw new BenchError('usage', '--out is no valid UTF-8.', 'Name the folder with characters.');
  // A baseline that can't be read must not be found out after minutes of measuring.
  if (flags.baseline !== undefined && flags.dryRun !== true)
    await openOperand('--baseline', flags.baseline);
  return { config, flags };
}

async function runOnFly(wanted: BenchConfig, flags: RunFlags, io: Io): Promise<ExitCode> {
  if (flags.dryRun === true && flyToken(io.env) === undefined) {
    const fly = await decideFlyRun(wanted, undefined, io.signal);
    return showPlan({ ...fly, fly }, flags, io);
  }
  return withFly(io, async (connection) => {
    const fly = await decideFlyRun(wanted, connection, io.signal);
    if (flags.dryRun === true) return showPlan({ ...fly, fly }, flags, io);
    const checked = await checkFirst(fly, connection, io);
    const { config, plan, warnings } = checked;
    return withStorage(config.fly, io, async (storage) => {
      await agreeTo(checked, flags, io);
      const hasTopologies = config.topologies.length > 0;
      const engine = flyEngine({ settings: config.fly, hasTopologies, connection, storage });
      return carryOut({ config, plan, engine, warnings }, flags, io);
    });
  });
}

/** What a person should know, and what can't be measured, before anything is paid for. */
async function checkFirst(fly: FlyRunDecision, { api }: FlyConnection, io: Io) {
  const notes = [...fly.notes, ...(await firstTimeNotes(fly.config, api, io.signal))];
  for (const text of notes) io.err.write(`note ${visible(text)}\n`);
  return checkReachable(fly, api, io);
}

function agreeTo({ config, spending }: FlyRunDecision, flags: RunFlags, io: Io): Promise<void> {
  const { maxCostUsd } = config.fly;
  const fix =
    'Say --yes to go on, raise --max-cost, or lower --rate, --rounds or the number of --regions.';
  return consentTo(
    spending,
    { maxCostUsd, yes: flags.yes === true },
    { what: 'This run', fix },
    io,
  );
}

/** A plan, and for Fly what goes with it. */
interface Planned {
  readonly config: BenchConfig;
  readonly plan: Plan;
  readonly fly?: FlyRunDecision;
}

function showPlan({ config, plan, fly }: Planned, flags: RunFlags, io: Io): ExitCode {
  const { world } = worldRequest(config);
  const dry = { plan: maskPlan(plan), world, seedFixed: flags.seed !== undefined, fly };
  io.out.write(flags.json === true ? dryRunJson(dry) : describeDryRun(dry));
  return exitCodes.done;
}
