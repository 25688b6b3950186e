import { BenchError, LeftBehind, messageOf, ProblemsError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { colorsFor, type Io } from './io.ts';

/** Tells a person why a command ended, and gives the exit code. */
export function showError(error: unknown, io: Io): ExitCode {
  // What breaks while everything is taken down is no news, unless something stays.
  if (!io.signal.aborted || error instanceof LeftBehind) return tellError(error, io);
  tellStack(error, io);
  io.err.write('Interrupted; everything was cleaned up.\n');
  return exitCodes.interrupted;
}

/** Tells a person what went wrong: one line what, one line what to do. The stack only with DEBUG=bench. */
export function tellError(error: unknown, io: Pick<Io, 'err' | 'env'>): ExitCode {
  tellStack(error, io);
  const { red, dim } = colorsFor(io.err, io.env);
  const say = (what: string, fix: string) =>
    io.err.write(`${red('error')} ${lines(what)}\n${dim('  fix')} ${lines(fix)}\n`);
  if (error instanceof ProblemsError)
    for (const { where, what, fix } of error.problems) say(`${where}: ${what}`, fix);
  else if (error instanceof BenchError) say(error.message, error.fix);
  else say(messageOf(error), 'This is our fault: please report it, with DEBUG=bench.');
  return error instanceof BenchError ? exitCodeOf(error.kind) : exitCodes.fault;
}

function tellStack(error: unknown, { env, err }: Pick<Io, 'err' | 'env'>): void {
  if (env['DEBUG']?.includes('bench') === true && error instanceof Error)
    err.write(`${lines(error.stack ?? '')}\n`);
}

/** Text that may hold foreign words; its further lines stand below the first, so that none looks like one of ours. */
const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => visible(line.trimStart()))
    .join('\n      ');
