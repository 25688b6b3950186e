import { Command, CommanderError } from 'commander';
import { BenchError } from '../base/errors.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { guardOutput } from './guard-output.ts';
import { colorsFor, type Io } from './io.ts';
import { cleanCommand } from './clean.ts';
import { compareCommand } from './compare.ts';
import { deployCommand } from './deploy.ts';
import { destroyCommand } from './destroy.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { exportCommand } from './export.ts';
import { gateCommand } from './gate.ts';
import { historyCommand } from './history.ts';
import { regionsCommand } from './regions.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { showError } from './show-error.ts';
import { benchVersion } from './versions.ts';
import { worldCommand } from './world.ts';

/** What a command does: it returns its exit code, or throws. */
export type Action = (io: Io) => Promise<ExitCode>;

/** The `bench` command. Never throws and never exits: it returns the exit code. */
export async function main(argv: readonly string[], given: Io): Promise<ExitCode> {
  const io = { ...given, out: guardOutput(given.out), err: guardOutput(given.err) };
  let action: Action | undefined;
  const choose = (chosen: Action) => {
    action = chosen;
  };
  const program = new Command('bench')
    .description(
      'Measures how fast a web app answers from every city, and which deployment would be faster.',
    )
    .version(benchVersion(), '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(bench --help lists what there is)')
    .addHelpText('after', '\nExample:\n  $ bench run --regions cdg,ord,syd,scl');
  for (const add of [
    runCommand,
    reportCommand,
    compareCommand,
    gateCommand,
    worldCommand,
    regionsCommand,
    doctorCommand,
    historyCommand,
    exportCommand,
    explainCommand,
    deployCommand,
    destroyCommand,
    cleanCommand,
  ])
    add(program, choose);
  quiet(program, io);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    if (action === undefined) return exitCodes.usage;
    mustBeSomewhere();
    return await action(io);
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return showError(error, io);
  }
}

/** Throws a BenchError (usage) if the working folder was removed: hardly a path means anything then. */
function mustBeSomewhere(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw new BenchError(
      'usage',
      'The working folder is gone: it was removed or renamed.',
      'Change to a folder that is there (cd), and run it again.',
      { cause },
    );
  }
}

/** Commander must neither exit nor choose its streams, in any of the subcommands. */
function quiet(command: Command, io: Io): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => io.out.write(text),
    writeErr: (text) => io.err.write(text),
    outputError: (text, write) => {
      write(colorsFor(io.err, io.env).red(text));
    },
  });
  for (const child of command.commands) quiet(child, io);
}
