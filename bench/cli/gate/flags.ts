import { Option, type Command } from 'commander';
import { gateFormats } from '../../report/gate/render.ts';
import type { FromEnvironment } from '../../config/settings.ts';
import { dollars, list, target, variable, type Pairs } from '../run-flags.ts';

/** What `bench gate` was told, as commander parsed it. */
export interface GateFlags {
  readonly baseline?: string;
  readonly baselineTarget?: string;
  readonly candidate?: string[];
  readonly control?: string;
  readonly confirmation?: string;
  /** False with `--no-confirm`. */
  readonly confirm: boolean;
  readonly script?: string;
  readonly env?: Pairs<string | FromEnvironment>;
  readonly target?: Pairs<string>;
  readonly maxCost?: number;
  readonly yes?: true;
  readonly accept?: true;
  readonly allowMixed?: true;
  readonly inconclusive?: 'pass' | 'fail';
  readonly config?: string;
  readonly format: string;
  readonly json?: true;
  readonly quiet?: true;
}

export function addGateFlags(command: Command): Command {
  return command
    .option('--baseline <dir>', 'folder of the accepted runs (default: reports/baseline)')
    .option('--baseline-target <name>', 'the target of the run that the others are judged against')
    .option('--candidate <names>', 'targets to judge, comma-separated (default: all others)', list)
    .option(
      '--control <name>',
      'a target that never changes; judge against the accepted runs by it',
    )
    .option('--confirmation <dir>', 'a second run that confirms or refutes what looks slower')
    .option('--no-confirm', 'do not measure again what looks slower')
    .option('--script <file>', 'the k6 script to measure again with, if the run measured one')
    .option(
      '--target <name=URL>',
      'a deployment of yours that may be measured again (repeatable)',
      target,
    )
    .option(
      '--env <KEY[=value]>',
      'a setting of the run that measuring again needs and the run does not keep, as for bench run (repeatable)',
      variable,
    )
    .option(
      '--max-cost <USD>',
      'fly: ask before measuring again if that costs more than this (default: 1)',
      dollars,
    )
    .option(
      '--yes',
      'do not ask: neither for the cost, nor for the load, nor for what only the run names',
    )
    .option('--accept', 'record the run as accepted; nothing is judged')
    .option('--allow-mixed', 'use a baseline that was measured under different conditions')
    .addOption(
      new Option(
        '--inconclusive <result>',
        'what too much noise counts as (default: exit code 5)',
      ).choices(['pass', 'fail']),
    )
    .option('--config <file>', 'configuration file (default: fly.bench.toml, if it is there)')
    .option('--format <name>', gateFormats.join(', '), 'text')
    .option('--json', 'the same as --format json')
    .option('--quiet', 'no progress');
}
