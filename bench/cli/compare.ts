import type { Command } from 'commander';
import type { Comparison } from '../compare/comparison.ts';
import { fewestRounds } from '../compare/thresholds.ts';
import type { Compared } from '../report/comparison/compared.ts';
import {
  comparisonFormats,
  renderComparison,
  type ComparisonFormat,
} from '../report/comparison/render.ts';
import { comparedOf } from './compare/compared-of.ts';
import { openOperand } from './compare/opened.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { interruptible } from './interruptible.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { knownName } from './known-name.ts';
import type { Action } from './main.ts';

export interface CompareFlags {
  readonly format: string;
  readonly json?: true;
  readonly allowMixed?: true;
}

export function compareCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('compare')
    .description('Compares targets of one run, or two runs: the effect, how sure it is, a verdict.')
    .argument('[a]', 'the baseline: RUN, RUN:target or a saved baseline', 'reports/latest')
    .argument('[b]', 'the candidate; without it, all other targets of the run')
    .option('--format <name>', comparisonFormats.join(', '), 'text')
    .option('--json', 'the same as --format json')
    .option('--allow-mixed', 'compare runs that were measured under different conditions')
    .addHelpText(
      'after',
      '\nExample:\n  $ bench compare reports/latest:single-region reports/latest:read-replicas',
    )
    .action((a: string, b: string | undefined, flags: CompareFlags) => {
      choose((io) => interruptible(io.signal, () => compare(a, b, flags, io)));
    });
}

/** To standard output; exit code 3 if a comparison has too few rounds to say anything. */
export async function compare(
  a: string,
  b: string | undefined,
  flags: CompareFlags,
  io: Io,
): Promise<ExitCode> {
  const format = knownName(
    '--format',
    flags.json === true ? 'json' : flags.format,
    comparisonFormats,
  );
  const one = await openOperand('A', a);
  const other = b === undefined ? undefined : await openOperand('B', b);
  const compared = comparedOf(one, other, flags.allowMixed === true);
  io.out.write(render(compared, format, io));
  return compared.comparisons.every(saysAnything) ? exitCodes.done : tooFewRounds(io);
}

function render(compared: Compared, format: ComparisonFormat, io: Io): string {
  return renderComparison(compared, format, {
    color: colorsFor(io.out, io.env).isColorSupported,
    columns: columnsOf(io.out),
  });
}

const saysAnything = ({ cells }: Comparison): boolean =>
  cells.some(({ rounds }) => rounds >= fewestRounds);

function tooFewRounds(io: Io): ExitCode {
  const { yellow } = colorsFor(io.err, io.env);
  io.err.write(
    `${yellow('not trustworthy')} fewer than ${fewestRounds} rounds count everywhere; measure more with --rounds\n`,
  );
  return exitCodes.untrustworthy;
}
