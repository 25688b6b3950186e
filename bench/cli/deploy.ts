import { visible } from '../base/visible.ts';
import type { Command } from 'commander';
import { resolve } from 'node:path';
import { ProblemsError } from '../base/errors.ts';
import type { BenchConfig } from '../config/config.ts';
import { carryOut } from '../providers/fly/deploy/carry-out.ts';
import { deployPlan, type AppPlan } from '../providers/fly/deploy/deploy-plan.ts';
import type { Flyctl } from '../providers/fly/deploy/flyctl.ts';
import { appImage } from '../providers/fly/deploy/image.ts';
import { lookThrough } from '../providers/fly/deploy/look-through.ts';
import { deployProblems } from '../providers/fly/deploy/ownership.ts';
import { remember } from '../providers/fly/deploy/remember.ts';
import { asScript } from '../providers/fly/deploy/script.ts';
import { patience } from '../providers/fly/deploy/wait-healthy.ts';
import { trialNote } from '../providers/fly/trial.ts';
import { place } from '../topologies/topology.ts';
import { agree, goOn } from './agree.ts';
import { asJson, asText, summaryOf, type Deployed } from './deploy/describe.ts';
import { addDeployFlags, configOf, type DeployFlags } from './deploy/flags.ts';
import { livePlace, type LivePlace } from './deploy/live-place.ts';
import { deployFolder, dryRunShows, installedFlyctl } from './deploy/tools.ts';
import { appsOf } from './deploy/topologies.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Action } from './main.ts';
import { withProgress } from './with-progress.ts';

export function deployCommand(program: Command, choose: (action: Action) => void): void {
  addDeployFlags(program.command('deploy'))
    .description('Puts topologies of the recipe app on Fly, through the installed flyctl.')
    .addHelpText(
      'after',
      '\nExample:\n  $ bench deploy --topologies read-replicas --regions cdg,ord,syd,gru',
    )
    .action((flags: DeployFlags) => {
      choose((io) => deploy(flags, io));
    });
}

async function deploy(flags: DeployFlags, io: Io): Promise<ExitCode> {
  const there = await livePlace(await configOf(flags), io);
  const { config } = there;
  appsOf(config);
  const plans = await plansOf(there, flags.size);
  if (flags.dryRun === true) {
    const none = plans.map((plan) => ({ plan, full: [] }));
    io.out.write(
      flags.json === true ? asJson(none) : `${asScript(plans)}${costNote(plans, flags)}`,
    );
    return exitCodes.done;
  }
  try {
    const flyctl = installedFlyctl(io);
    await check(plans, config, flyctl, flags, io);
    const deployed = await deployAll(plans, flyctl, flags, io);
    io.out.write(flags.json === true ? asJson(deployed) : asText(deployed, config));
    return deployed.some(({ full }) => full.length > 0) ? exitCodes.partial : exitCodes.done;
  } catch (error) {
    if (!io.signal.aborted) throw error;
    io.err.write(
      'Interrupted; what was made stays. The same command again goes on, `bench destroy` removes it.\n',
    );
    return exitCodes.interrupted;
  }
}

async function plansOf({ config, org }: LivePlace, size: string): Promise<AppPlan[]> {
  const { fly, primary, regions, topologies } = config;
  return deployPlan({
    app: fly.app,
    org,
    stage: fly.stage,
    placements: topologies.map((topology) => place(topology, regions, primary)),
    size,
    // flyctl looks for files from the folder that it builds in.
    folder: resolve(deployFolder),
    build: await appImage(),
  });
}

const costNote = (plans: readonly AppPlan[], { size }: DeployFlags): string =>
  `\n# ${summaryOf(plans, size)}\n# ${trialNote}\n# Nothing was done.\n`;

/** Before anything is made: whose the names are, and whether the person wants it. */
async function check(
  plans: readonly AppPlan[],
  { fly }: BenchConfig,
  flyctl: Flyctl,
  flags: DeployFlags,
  io: Io,
): Promise<void> {
  await withProgress({ quiet: flags.quiet === true, io }, async (progress) => {
    const done = progress.step('Looking at what is there');
    const look = remember(lookThrough(flyctl, io.signal));
    const problems = await deployProblems(plans, fly.org, look);
    if (problems.length > 0) throw new ProblemsError(problems);
    done();
    const apps = await look.apps();
    // Whoever has deployed before has no need to be told.
    if (!plans.some(({ app }) => apps.has(app)) && flags.quiet !== true)
      io.err.write(`note ${visible(trialNote)}\n`);
  });
  const yes = flags.yes === true;
  await agree({ ...goOn, what: summaryOf(plans, flags.size), fix: dryRunShows }, { yes, io });
}

function deployAll(
  plans: readonly AppPlan[],
  flyctl: Flyctl,
  flags: DeployFlags,
  io: Io,
): Promise<Deployed[]> {
  return withProgress({ quiet: flags.quiet === true, io }, async (events) => {
    const tools = { flyctl, look: remember(lookThrough(flyctl, io.signal)), events, patience };
    const deployed: Deployed[] = [];
    for (const plan of plans)
      deployed.push({
        plan,
        full: await carryOut(plan.steps, plan.primary, tools, io.signal),
      });
    return deployed;
  });
}
