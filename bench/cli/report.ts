import { InvalidArgumentError, type Command } from 'commander';
import { join } from 'node:path';
import type { Millis } from '../base/units.ts';
import type { ReportModel } from '../report/model.ts';
import { renderRun, type Format } from '../report/render.ts';
import { pageIn, renderFiles, writeReports } from '../report/write-reports.ts';
import { writeNamed } from '../samples/write-whole.ts';
import { eachByItself } from './each-by-itself.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { renewIndexPage } from './index-page.ts';
import { interruptible } from './interruptible.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { loadReport } from './load-report.ts';
import type { Action } from './main.ts';
import { openPage } from './open-page.ts';
import { besidesOf, type Besides } from './report/besides.ts';
import { chosenFormat, reportFormats } from './report/chosen-format.ts';
import { neededBrowser, writePng } from './report/write-png.ts';
import { sayAltered } from './say-altered.ts';

interface Flags extends Besides {
  readonly format?: string;
  readonly out?: string;
  readonly open?: true;
}

export function reportCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('report')
    .description('Renders a run folder again.')
    .argument('[run]', 'the run folder', 'reports/latest')
    .option(
      '--format <name>',
      `${reportFormats.join(', ')} (default: as --out ends; without it html and the summaries, into the run folder)`,
    )
    .option('--out <file>', 'write it there, not to standard output: page.html, table.md, …')
    .option('--budget <ms>', 'the goal that medians are held against (default: 100)', millis)
    .option('--baseline <dir>', 'set the run beside an earlier one, or a saved baseline')
    .option('--history <dir>', 'show the trend over the runs in that folder (repeatable)', collect)
    .option('--open', 'open the page')
    .addHelpText('after', '\nExample:\n  $ bench report reports/latest --format markdown')
    .action((dir: string, flags: Flags) => {
      choose((io) => report(dir, flags, io));
    });
}

/** With a format, or a file whose name tells it: to standard output, or there. Without: the files of the run folder anew, and their text. */
async function report(dir: string, flags: Flags, io: Io): Promise<ExitCode> {
  const format = chosenFormat(flags);
  const browser = format === 'png' ? neededBrowser(io) : undefined;
  const needsPage = format === undefined || format === 'png' || flags.open === true;
  const { run, model } = await interruptible(io.signal, () =>
    loadReport(dir, (read) => besidesOf(read, flags, io)),
  );
  // What can't be written must not hide what was asked to be shown.
  const after = eachByItself(io);
  if (format !== 'png')
    await interruptible(io.signal, () =>
      after.must(() => give(rendered(model, format ?? 'text', io), flags, io)),
    );
  // A table of figures has no place for it.
  if (format === 'csv') sayAltered(run.manifest, io);
  if (!needsPage) return after.exitCode(exitCodes.done);
  const files = await interruptible(io.signal, () => renderFiles(model));
  const isThere = await writeReports(run.dir, files, after.must);
  await renewIndexPage(run.dir, after);
  if (!isThere) return after.exitCode(exitCodes.done);
  const page = pageIn(run.dir);
  if (format === undefined) io.out.write(`\nPage: ${page}\n`);
  if (browser !== undefined) {
    const file = flags.out ?? join(run.dir, 'index.png');
    await writePng(browser, renderRun(model, 'html'), file, io);
    io.out.write(`${file}\n`);
  }
  if (flags.open === true) await openPage(page, io);
  return after.exitCode(exitCodes.done);
}

function rendered(model: ReportModel, format: Format, io: Io): string {
  const color = colorsFor(io.out, io.env).isColorSupported;
  return renderRun(model, format, { color, columns: columnsOf(io.out) });
}

async function give(text: string, { out }: Flags, io: Io): Promise<void> {
  if (out === undefined) io.out.write(text);
  else await writeNamed(out, text);
}

function millis(text: string): Millis {
  const ms = Number(text.replace(/ms$/, ''));
  if (text === '' || !(ms > 0 && ms <= 60_000))
    throw new InvalidArgumentError('Write it as 100 or 100ms.');
  return ms;
}

const collect = (text: string, before: readonly string[] = []): string[] => [...before, text];
