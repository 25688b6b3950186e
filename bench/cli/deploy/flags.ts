import { Option, type Command } from 'commander';
import type { BenchConfig } from '../../config/config.ts';
import { sizes } from '../../providers/fly/deploy/hourly-cost.ts';
import { loadConfig } from '../load-config.ts';
import { list, substitutePair, type Pairs } from '../run-flags.ts';

/** What `bench destroy`, and in part `bench deploy`, was told, as commander parsed it. */
export interface DestroyFlags {
  readonly config?: string;
  readonly topologies?: string[];
  readonly staging?: true;
  readonly production?: true;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
  readonly quiet?: true;
}

export interface DeployFlags extends DestroyFlags {
  readonly regions?: string[];
  readonly primary?: string;
  readonly substitute?: Pairs<string>;
  readonly org?: string;
  readonly size: string;
}

export function addDestroyFlags(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: fly.bench.toml, if it is there)')
    .option('--topologies <names>', 'comma-separated (default: those of the configuration)', list)
    .option('--staging', 'their staging deployment: apps whose names end in -staging')
    .addOption(
      new Option('--production', 'their production deployment: names end in -production').conflicts(
        'staging',
      ),
    )
    .option('--dry-run', 'print what would be done; touch nothing')
    .option('--yes', 'do not ask')
    .option('--json', 'print JSON')
    .option('--quiet', 'no progress');
}

export function addDeployFlags(command: Command): Command {
  return addDestroyFlags(command)
    .option('--regions <codes>', 'where the apps run, comma-separated', list)
    .option('--primary <code>', 'the region of the primary database (default: the first region)')
    .option(
      '--substitute <wanted=region>',
      'another region instead of a retired one: scl=gru (repeatable)',
      substitutePair,
    )
    .option(
      '--org <slug>',
      "organisation in which apps are made (default: the token's, or else personal)",
    )
    .addOption(
      new Option('--size <preset>', 'of the machines of apps and databases')
        .choices(sizes)
        .default('performance-1x'),
    );
}

/** The configuration as these flags change it. */
export async function configOf(flags: DestroyFlags & Partial<DeployFlags>): Promise<BenchConfig> {
  const { config, topologies, regions, primary, substitute, staging, production, org } = flags;
  const said = { config, topologies, regions, primary, substitute, staging, production };
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  const found = await loadConfig({ provider: 'fly', ...Object.fromEntries(known) });
  return org === undefined ? found : { ...found, fly: { ...found.fly, org } };
}
