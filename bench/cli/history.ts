import type { Command } from 'commander';
import { BenchError } from '../base/errors.ts';
import { judgedQuantiles, type JudgedQuantile } from '../compare/side.ts';
import { historyOf, type History } from '../report/history/history.ts';
import { historyFormats, renderHistory } from '../report/history/render-history.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { readHistory } from './history/read-history.ts';
import { interruptible } from './interruptible.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { knownName } from './known-name.ts';
import type { Action } from './main.ts';

interface Flags {
  readonly format: string;
  readonly quantile: string;
  readonly allowMixed?: true;
  readonly json?: true;
}

export function historyCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('history')
    .description('Shows the trend over many runs: what was to be expected, and where it changed.')
    .argument('[dirs...]', 'run folders, or folders that hold some', ['reports'])
    .option('--quantile <name>', judgedQuantiles.join(' or '), 'p50')
    .option('--allow-mixed', 'take runs too that were measured differently from the newest')
    .option('--format <name>', historyFormats.join(', '), 'text')
    .option('--json', 'the same as --format json')
    .addHelpText('after', '\nExample:\n  $ bench history reports/')
    .action((dirs: string[], flags: Flags) => {
      choose((io) => interruptible(io.signal, () => history(dirs, flags, io)));
    });
}

/** To standard output; folders that can't be read, to the other one. */
async function history(dirs: readonly string[], flags: Flags, io: Io): Promise<ExitCode> {
  const typed = flags.json === true ? 'json' : flags.format;
  const format = knownName('--format', typed, historyFormats);
  const quantile: JudgedQuantile = knownName('--quantile', flags.quantile, judgedQuantiles);
  const all = await readHistory(dirs, io);
  const lined = historyOf(all, { quantile, mixed: flags.allowMixed === true });
  if (lined.runs.length < 2) throw tooFew(dirs, lined);
  const color = colorsFor(io.out, io.env).isColorSupported;
  io.out.write(renderHistory(lined, format, { color, columns: columnsOf(io.out) }));
  return exitCodes.done;
}

function tooFew(dirs: readonly string[], { runs, notes }: History): BenchError {
  const there = runs.length === 0 ? 'No run' : 'Only one run';
  const why = notes.map((note) => ` ${note}`).join('');
  return new BenchError(
    'usage',
    `${there} to show in ${dirs.join(', ')}; a history needs two.${why}`,
    'Name run folders that were measured alike, or a folder that holds some, or add --allow-mixed.',
  );
}
