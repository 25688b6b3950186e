import { visible, visibleJson } from '../base/visible.ts';
import type { Command } from 'commander';
import { ProblemsError } from '../base/errors.ts';
import type { BenchConfig } from '../config/config.ts';
import { carryOut } from '../providers/fly/deploy/carry-out.ts';
import { destroyPlan } from '../providers/fly/deploy/destroy-plan.ts';
import { lookThrough } from '../providers/fly/deploy/look-through.ts';
import type { AppPair } from '../providers/fly/deploy/ownership.ts';
import { remember } from '../providers/fly/deploy/remember.ts';
import type { FlyStep } from '../providers/fly/deploy/step.ts';
import { patience } from '../providers/fly/deploy/wait-healthy.ts';
import { agree } from './agree.ts';
import { addDestroyFlags, configOf, type DestroyFlags } from './deploy/flags.ts';
import { dryRunShows, installedFlyctl } from './deploy/tools.ts';
import { appsOf } from './deploy/topologies.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import type { Action } from './main.ts';
import { withProgress } from './with-progress.ts';

export function destroyCommand(program: Command, choose: (action: Action) => void): void {
  addDestroyFlags(program.command('destroy'))
    .description('Takes away what `bench deploy` put on Fly, databases included.')
    .addHelpText('after', '\nExample:\n  $ bench destroy --topologies read-replicas --staging')
    .action((flags: DestroyFlags) => {
      choose((io) => destroy(flags, io));
    });
}

async function destroy(flags: DestroyFlags, io: Io): Promise<ExitCode> {
  const config = await configOf(flags);
  const pairs = appsOf(config);
  const flyctl = installedFlyctl(io);
  const look = remember(lookThrough(flyctl, io.signal));
  const quiet = flags.quiet === true;
  try {
    const { steps, problems } = await destroyPlan(pairs, look);
    if (problems.length > 0) throw new ProblemsError(problems);
    if (flags.dryRun === true || steps.length === 0) {
      io.out.write(report(steps, 'would_destroy', flags));
      return exitCodes.done;
    }
    const name = nameOf(pairs, config);
    const question = `Type ${name} to go on:`;
    await agree(
      { what: warning(steps), question, word: exactly(name), fix: dryRunShows },
      { yes: flags.yes === true, io },
    );
    await withProgress({ quiet, io }, (events) =>
      carryOut(steps, '', { flyctl, look, events, patience }, io.signal),
    );
    io.out.write(report(steps, 'destroyed', flags));
    return exitCodes.done;
  } catch (error) {
    if (!io.signal.aborted) throw error;
    io.err.write('Interrupted; some of it may be left. The same command again goes on.\n');
    return exitCodes.interrupted;
  }
}

/** What is to be typed: the app's name, or what the names of all of them begin with. */
function nameOf(pairs: readonly AppPair[], { fly }: BenchConfig): string {
  return pairs.length === 1 ? (pairs[0]?.app ?? fly.app) : fly.app;
}

const warning = (steps: readonly FlyStep[]): string =>
  `This destroys ${steps.map(appOf).join(', ')}, with all their data.`;

const appOf = ({ purpose }: FlyStep): string => ('app' in purpose ? purpose.app : '');

const exactly = (word: string): RegExp => new RegExp(`^${word}$`);

function report(
  steps: readonly FlyStep[],
  word: 'destroyed' | 'would_destroy',
  { json }: DestroyFlags,
): string {
  const apps = steps.map(appOf);
  if (json === true) return `${visibleJson({ [word]: apps })}\n`;
  if (apps.length === 0) return 'There is nothing to destroy.\n';
  return `${word === 'destroyed' ? 'Destroyed' : 'Would destroy'} ${visible(apps.join(', '))}.\n`;
}
