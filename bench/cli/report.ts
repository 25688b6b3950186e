import type { Command } from 'commander';
import { ProblemsError } from '../base/errors.ts';
import { suggest } from '../config/nearest-name.ts';
import { formats, renderRun, type Format } from '../report/render.ts';
import { writeReports } from '../report/write-reports.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { loadReport } from './load-report.ts';
import type { Action } from './main.ts';
import { openPage } from './open-page.ts';

interface Flags {
  readonly format?: string;
  readonly open?: true;
}

export function reportCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('report')
    .description('Renders a run folder again.')
    .argument('[run]', 'the run folder', 'reports/latest')
    .option(
      '--format <name>',
      `${formats.join(', ')} (default: html and the summaries, into the run folder)`,
    )
    .option('--open', 'open the page')
    .addHelpText('after', '\nExample:\n  $ bench report reports/latest --format markdown')
    .action((dir: string, flags: Flags) => {
      choose((io) => report(dir, flags, io));
    });
}

/** With a format: to standard output. Without: the files of the run folder anew, and their text. */
async function report(dir: string, flags: Flags, io: Io): Promise<ExitCode> {
  const format = flags.format === undefined ? undefined : knownFormat(flags.format);
  const { run, model } = await loadReport(dir);
  if (format !== undefined && format !== 'text') {
    io.out.write(renderRun(model, format));
    return exitCodes.done;
  }
  const page = format === 'text' ? undefined : await writeReports(run.dir, model);
  io.out.write(
    renderRun(model, 'text', {
      color: colorsFor(io.out, io.env).isColorSupported,
      columns: columnsOf(io.out),
      ...(page === undefined ? {} : { page }),
    }),
  );
  if (flags.open === true && page !== undefined) await openPage(page, io);
  return exitCodes.done;
}

function knownFormat(name: string): Format {
  const found = formats.find((format) => format === name);
  if (found !== undefined) return found;
  throw new ProblemsError([
    { where: '--format', what: `no format is called "${name}"`, fix: suggest(name, formats) },
  ]);
}
