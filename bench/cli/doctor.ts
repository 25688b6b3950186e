import { visible, visibleJson } from '../base/visible.ts';
import type { Command } from 'commander';
import type { Finding } from './doctor/check.ts';
import { flyCheck } from './doctor/fly.ts';
import { lookAtAll, type BoundedCheck } from './doctor/look-at-all.ts';
import { diskCheck, memoryCheck, nodeCheck, portsCheck, processorCheck } from './doctor/machine.ts';
import { k6Check, postgresCheck } from './doctor/programs.ts';
import { exitCodes } from './exit-codes.ts';
import { colorsFor, type Colors } from './io.ts';
import type { Action } from './main.ts';

const slowComputer = 'Close what else is running, and try again.';
const hangs = (name: string): string =>
  `It hangs when it is asked for its version: unset ${name}, or set it to one that works.`;

/** In the order in which they are shown. */
const checks: readonly BoundedCheck[] = [
  { subject: 'node', check: nodeCheck, ifSlow: slowComputer },
  { subject: 'k6', check: k6Check, ifSlow: hangs('K6_PATH') },
  { subject: 'postgres', check: postgresCheck, ifSlow: hangs('BENCH_POSTGRES_BIN') },
  { subject: 'ports', check: portsCheck, ifSlow: slowComputer },
  { subject: 'disk', check: diskCheck, ifSlow: 'Point TMPDIR at a disk that answers.' },
  { subject: 'memory', check: memoryCheck, ifSlow: slowComputer },
  { subject: 'processors', check: processorCheck, ifSlow: slowComputer, isFirst: true },
  {
    subject: 'fly',
    check: flyCheck,
    ifSlow: 'Check the connection and https://status.flyio.net, then try again.',
  },
];

export function doctorCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('doctor')
    .description('Checks what a run needs, here and on Fly, and says how to fix each.')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ bench doctor')
    .action(({ json }: { json?: true }) => {
      choose(async (io) => {
        const findings = await lookAtAll(checks, io.env, io.signal);
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
