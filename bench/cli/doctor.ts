import { visible, visibleJson } from '../base/visible.ts';
import type { Command } from 'commander';
import type { Check, Finding } from './doctor/check.ts';
import { flyCheck } from './doctor/fly.ts';
import { diskCheck, memoryCheck, nodeCheck, portsCheck, processorCheck } from './doctor/machine.ts';
import { k6Check, postgresCheck } from './doctor/programs.ts';
import { exitCodes } from './exit-codes.ts';
import { colorsFor, type Colors } from './io.ts';
import type { Action } from './main.ts';

/** In the order in which they are shown. */
const checks: readonly Check[] = [
  nodeCheck,
  k6Check,
  postgresCheck,
  portsCheck,
  diskCheck,
  memoryCheck,
  processorCheck,
  flyCheck,
];

export function doctorCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('doctor')
    .description('Checks what a run needs, here and on Fly, and says how to fix each.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ bench doctor')
    .action(({ json }: { json?: true }) => {
      choose(async (io) => {
        const findings: Finding[] = [];
        for (const check of checks) findings.push(await check(io.env));
        if (json === true) io.out.write(`${visibleJson(findings, 2)}\n`);
        else
          io.out.write(
            findings.map((finding) => line(finding, colorsFor(io.out, io.env))).join(''),
          );
        return findings.some(({ state }) => state === 'broken') ? exitCodes.fault : exitCodes.done;
      });
    });
}

function line({ subject, state, detail, note, fix }: Finding, colors: Colors): string {
  const mark = {
    ok: colors.green('ok    '),
    poor: colors.yellow('poor  '),
    broken: colors.red('broken'),
  }[state];
  const below = (word: string, text: string | undefined) =>
    text === undefined ? '' : `       ${''.padEnd(11)} ${word}: ${visible(text)}\n`;
  return `${mark} ${subject.padEnd(11)} ${visible(detail)}\n${below('note', note)}${below('fix', fix)}`;
}
