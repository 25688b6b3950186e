import { visibleJson } from '../base/visible.ts';
import type { Command } from 'commander';
import { flyAccess, flyToken } from '../providers/fly/machines.ts';
import { journalFolder } from '../providers/local/guard/journal.ts';
import { cleanFly, type CleanedMachine } from './clean/clean-fly.ts';
import { cleanLocal, type CleanedRun } from './clean/clean-local.ts';
import { flyApp } from './clean/fly-app.ts';
import { cleanedText } from './clean/text.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { colorsFor, type Io } from './io.ts';
import type { Action } from './main.ts';

export interface CleanFlags {
  readonly app?: string;
  readonly config?: string;
  readonly run?: string;
  readonly all?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/** What was found, and what became of it. */
export interface Cleaned {
  readonly dryRun: boolean;
  readonly runs: readonly CleanedRun[];
  readonly machines: readonly CleanedMachine[];
  /** Where machines were looked for; null: there is no token, so Fly was not asked. */
  readonly app: string | null;
}

export function cleanCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('clean')
    .description('Removes what killed runs left: Fly Machines, local processes, temporary folders.')
    .option('--all', 'also Machines of runs that may still go on')
    .option('--run <id>', 'only Machines of this run')
    .option('--app <name>', 'the Fly app that holds the Machines (default: that of the file)')
    .option('--config <file>', 'configuration file (default: fly.bench.toml, if it is there)')
    .option('--dry-run', 'say what would be removed; touch nothing')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ bench clean --dry-run')
    .action((flags: CleanFlags) => {
      choose((io) => clean(flags, io));
    });
}

async function clean(flags: CleanFlags, io: Io): Promise<ExitCode> {
  const dryRun = flags.dryRun === true;
  const app = flyToken(io.env) === undefined ? null : await flyApp(flags);
  const access = app === null ? undefined : flyAccess(io.env);
  // A local run has no id before its folder is named.
  const runs = flags.run === undefined ? await cleanLocal(journalFolder(io.env), dryRun) : [];
  const machines =
    access === undefined || app === null ? [] : await cleanFly(access, app, flags, io);
  const cleaned: Cleaned = { dryRun, runs, machines, app };
  io.out.write(
    flags.json === true
      ? `${visibleJson(cleaned, 2)}\n`
      : cleanedText(cleaned, colorsFor(io.out, io.env)),
  );
  return exitCodes.done;
}
