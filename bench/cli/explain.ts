import type { Command } from 'commander';
import { BenchError } from '../base/errors.ts';
import { explanationFormats, renderExplanation } from '../report/explanation/render.ts';
import { visible } from '../report/words.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { interruptible } from './interruptible.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { knownName } from './known-name.ts';
import { loadReport } from './load-report.ts';
import type { Action } from './main.ts';
import { sayAltered } from './say-altered.ts';

interface Flags {
  readonly format: string;
  readonly json?: true;
}

export function explainCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('explain')
    .description('Shows where the time goes, and what another placement would give.')
    .argument('[run]', 'the run folder', 'reports/latest')
    .option('--format <name>', explanationFormats.join(', '), 'text')
    .option('--json', 'the same as --format json')
    .addHelpText('after', '\nExample:\n  $ bench explain reports/latest')
    .action((dir: string, flags: Flags) => {
      choose((io) => interruptible(io.signal, () => explain(dir, flags, io)));
    });
}

/** To standard output; what the folder lacks, to the other one. */
async function explain(dir: string, flags: Flags, io: Io): Promise<ExitCode> {
  const format = knownName(
    '--format',
    flags.json === true ? 'json' : flags.format,
    explanationFormats,
  );
  const { run, model } = await loadReport(dir);
  const { yellow } = colorsFor(io.err, io.env);
  for (const lack of run.missing) io.err.write(`${yellow('warning')} ${visible(lack)}\n`);
  if (model.explanation.cells.length === 0) throw nothingIn(run.dir);
  const color = colorsFor(io.out, io.env).isColorSupported;
  io.out.write(renderExplanation(model, format, { color, columns: columnsOf(io.out) }));
  sayAltered(run.manifest, io);
  return exitCodes.done;
}

const nothingIn = (dir: string): BenchError =>
  new BenchError(
    'untrustworthy',
    `${dir} holds no valid round: there is nothing to explain.`,
    `See why: bench report ${dir} --format text.`,
  );
