import type { Command } from 'commander';
import { BenchError, ProblemsError } from '../base/errors.ts';
import { exportedRun } from '../report/export/exported-run.ts';
import { exportFormats, renderExport, type ExportFormat } from '../report/export/render-export.ts';
import { visible } from '../report/words.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { interruptible } from './interruptible.ts';
import { colorsFor, type Io } from './io.ts';
import { knownName } from './known-name.ts';
import { loadRun } from './load-run.ts';
import type { Action } from './main.ts';
import { sayAltered } from './say-altered.ts';

interface Flags {
  readonly format: string;
  readonly samples?: true;
  readonly json?: true;
}

export function exportCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('export')
    .description(
      'Hands the figures of a run, round by round, to other tools: benchstat, Prometheus.',
    )
    .argument('[run]', 'the run folder', 'reports/latest')
    .option('--format <name>', exportFormats.join(', '), 'csv')
    .option('--samples', 'with every sample (JSON only)')
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      '\nExample:\n  $ bench export reports/latest --format benchfmt | benchstat -col /target -',
    )
    .action((dir: string, flags: Flags) => {
      choose((io) => interruptible(io.signal, () => exportRun(dir, flags, io)));
    });
}

/** To standard output; what the folder lacks, to the other one. */
async function exportRun(dir: string, flags: Flags, io: Io): Promise<ExitCode> {
  const format = formatOf(flags);
  const { run, series } = await loadRun(dir);
  const exported = exportedRun(run, series);
  const { yellow } = colorsFor(io.err, io.env);
  for (const lack of run.missing) io.err.write(`${yellow('warning')} ${visible(lack)}\n`);
  if (exported.series.length === 0) throw nothingIn(run.dir);
  io.out.write(renderExport(exported, format, { samples: flags.samples === true }));
  sayAltered(run.manifest, io);
  return exitCodes.done;
}

function formatOf({ format: asked, json, samples }: Flags): ExportFormat {
  const found = knownName('--format', json === true ? 'json' : asked, exportFormats);
  if (samples === true && found !== 'json')
    throw new ProblemsError([
      { where: '--samples', what: `${found} has no place for them`, fix: 'Add --format json.' },
    ]);
  return found;
}

const nothingIn = (dir: string): BenchError =>
  new BenchError(
    'untrustworthy',
    `${dir} holds no valid round: there is nothing to export.`,
    `See why: bench report ${dir} --format text.`,
  );
