import type { Command } from 'commander';
import { appendFile } from 'node:fs/promises';
import type { GateOutcome, Judgement } from '../compare/gate/judgement.ts';
import { gateFormats, renderGate, type GateFormat } from '../report/gate/render.ts';
import { saying } from '../samples/write-whole.ts';
import { eachByItself } from './each-by-itself.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { acceptRun } from './gate/accept-run.ts';
import { addGateFlags, type GateFlags } from './gate/flags.ts';
import { judge } from './gate/judge.ts';
import { readSettings } from './gate/settings.ts';
import { unguardedOutput } from './guard-output.ts';
import { interruptible } from './interruptible.ts';
import { colorsFor, columnsOf, type Io } from './io.ts';
import { knownName } from './known-name.ts';
import { loadRun } from './load-run.ts';
import type { Action } from './main.ts';

export function gateCommand(program: Command, choose: (action: Action) => void): void {
  addGateFlags(program.command('gate'))
    .description('Judges a run for CI, by exit code: budgets, and regressions against a baseline.')
    .argument('[run]', 'the run folder', 'reports/latest')
    .addHelpText('after', '\nExample:\n  $ bench gate reports/latest --control single-region')
    .action((dir: string, flags: GateFlags) => {
      choose((io) => gate(dir, flags, io));
    });
}

/** The judgement to standard output, everything else to standard error. */
export async function gate(dir: string, flags: GateFlags, io: Io): Promise<ExitCode> {
  const format = knownName('--format', flags.json === true ? 'json' : flags.format, gateFormats);
  const { settings, loaded } = await interruptible(io.signal, async () => ({
    settings: await readSettings(flags, io.env),
    loaded: await loadRun(dir),
  }));
  if (flags.accept === true) return acceptRun(loaded, settings, format === 'json', io);
  const judgement = await interruptible(io.signal, async () => {
    const judged = await judge(loaded, settings, io);
    const out = format === 'github' ? unguardedOutput(io.out) : io.out;
    out.write(render(judged, format, io));
    return judged;
  });
  // A summary that can't be written is no other judgement.
  const after = eachByItself(io);
  if (format === 'github') await after.must(() => summarise(judgement, io));
  return after.exitCode(exitCodeOf(judgement.outcome, settings.inconclusive));
}

const render = (judgement: Judgement, format: GateFormat, io: Io): string =>
  renderGate(judgement, format, {
    color: colorsFor(io.out, io.env).isColorSupported,
    columns: columnsOf(io.out),
  });

/** The job summary, where GitHub offers one. */
async function summarise(judgement: Judgement, io: Io): Promise<void> {
  const file = io.env['GITHUB_STEP_SUMMARY'] ?? '';
  if (file === '') return;
  await saying(`write the job summary ${file}`, () =>
    appendFile(file, renderGate(judgement, 'markdown')),
  );
}

function exitCodeOf(outcome: GateOutcome, inconclusive: 'pass' | 'fail' | undefined): ExitCode {
  if (outcome === 'inconclusive' && inconclusive !== undefined)
    return inconclusive === 'pass' ? exitCodes.done : exitCodes.regression;
  const codes = {
    passed: exitCodes.done,
    failed: exitCodes.regression,
    untrustworthy: exitCodes.untrustworthy,
    partial: exitCodes.partial,
    inconclusive: exitCodes.inconclusive,
  };
  return codes[outcome];
}
