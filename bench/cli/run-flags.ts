import { InvalidArgumentError, Option, type Command } from 'commander';
import { flySchema } from '../config/fly-settings.ts';
import type { FromEnvironment, Settings } from '../config/settings.ts';

/** What stands under names that a person chose, in the order typed; a name may come twice. */
export type Pairs<Value> = readonly (readonly [name: string, value: Value])[];

/** What `bench run` was told, as commander parsed it. */
export interface RunFlags {
  readonly config?: string;
  readonly provider?: string;
  readonly regions?: string[];
  readonly primary?: string;
  readonly topologies?: string[];
  readonly target?: Pairs<string>;
  readonly scenario?: string[];
  readonly script?: string;
  readonly allowStatus?: number[];
  readonly follow?: true;
  readonly profile?: string;
  readonly rounds?: number;
  readonly rate?: number;
  readonly duration?: number;
  readonly untilCi?: number;
  readonly aa?: true;
  readonly baseline?: string;
  readonly seed?: number;
  readonly env?: Pairs<string | FromEnvironment>;
  readonly rtt?: Pairs<number>;
  readonly substitute?: Pairs<string>;
  readonly via?: 'public' | 'private';
  readonly maxCost?: number;
  readonly upload?: string;
  readonly staging?: true;
  readonly production?: true;
  readonly yes?: true;
  readonly out?: string;
  readonly dryRun?: true;
  readonly open?: true;
  readonly json?: true;
  readonly quiet?: true;
}

/** The flags that choose what is measured; `bench world up` takes the first of them too. */
export function addWorldFlags(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: fly.bench.toml, if it is there)')
    .option('--regions <codes>', 'vantages, comma-separated; topologies run there too', list)
    .option('--primary <code>', 'the region of the primary database (default: the first region)')
    .option(
      '--topologies <names>',
      'comma-separated (default: all); slow=single-region: a second deployment named slow',
      list,
    )
    .option(
      '--rtt <pair=ms>',
      'replace a round-trip time: cdg-ord=116, or slow:cdg-ord=116 for one topology (repeatable)',
      rttPair,
    );
}

export function addRunFlags(command: Command): Command {
  return addWorldFlags(command)
    .option('--provider <name>', 'where it runs: local, or fly for Fly Machines')
    .option('--target <name=URL>', 'measure a deployment of yours (repeatable)', target)
    .option('--scenario <names>', 'workloads, comma-separated (default: search)', list)
    .option('--script <file>', 'your own k6 script, TypeScript or JavaScript')
    .option(
      '--env <KEY=value>',
      'a setting of the scenario: QUERIES=5; API_KEY alone takes it from the environment (repeatable)',
      variable,
    )
    .option(
      '--allow-status <codes>',
      'HTTP statuses that count as answers: 404 (comma-separated or repeated)',
      statuses,
    )
    .option('--follow', 'follow redirects; a chain of them counts as one request')
    .option('--profile <name>', 'quick, standard or thorough (default: quick)')
    .option('--rounds <n>', 'passes over all targets', atLeastOne)
    .option('--rate <n>', 'iterations a second at each vantage', atLeastOne)
    .option('--duration <time>', 'total budget of the measurement: 90s, 5m', seconds)
    .option('--until-ci <percent>', 'add rounds until every median is known to ± this: 5%', percent)
    .option('--aa', 'measure one target twice: how noisy this machine is')
    .option('--seed <n>', 'repeat the plan of an earlier run', whole)
    .option('--out <dir>', 'the run folder (default: reports/<run-id>)')
    .option('--baseline <dir>', 'compare with a saved baseline or an earlier run when done')
    .option(
      '--substitute <wanted=region>',
      'fly: measure in another region instead of a retired one: scl=gru (repeatable)',
      substitutePair,
    )
    .addOption(
      new Option('--via <way>', 'fly: how topologies are reached (default: public)').choices([
        'public',
        'private',
      ]),
    )
    .option('--max-cost <USD>', 'fly: ask first if it costs more than this (default: 1)', dollars)
    .option(
      '--upload <place>',
      'fly: bring many samples home by object storage: s3://bucket/prefix',
      storagePlace,
    )
    .option('--staging', 'fly: measure the staging deployment of the topologies')
    .addOption(
      new Option('--production', 'fly: measure their production deployment').conflicts('staging'),
    )
    .option('--yes', 'do not ask: neither for the cost nor for the load')
    .option('--dry-run', 'print the plan; touch nothing')
    .option('--open', 'open the page when done')
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress');
}

/** The same choices as settings, in the words of the configuration file. */
export function settingsOf(flags: RunFlags): Settings {
  const settings = {
    provider: flags.provider,
    regions: flags.regions,
    primary: flags.primary,
    topologies: flags.topologies,
    targets: flags.target,
    scenarios: flags.scenario,
    script: flags.script,
    allow_status: flags.allowStatus,
    follow: flags.follow,
    profile: flags.profile,
    rounds: flags.rounds,
    rate: flags.rate,
    duration: flags.duration,
    until_ci: flags.untilCi,
    aa: flags.aa,
    seed: flags.seed,
    env: flags.env,
    rtt: flags.rtt,
    substitute: flags.substitute,
    fly: flyOf(flags),
  };
  return defined(settings);
}

/** Undefined where no flag says anything of it. */
function flyOf({ via, maxCost, upload, staging, production }: RunFlags): Settings['fly'] {
  const stage = staging === true ? 'staging' : production === true ? 'production' : undefined;
  const fly = defined({ via, max_cost: maxCost, upload, stage });
  return Object.keys(fly).length === 0 ? undefined : fly;
}

/** Without what is undefined. */
export const defined = (settings: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

/** The flag that says what a setting says. */
export function flagOf(key: string): string {
  const [name = ''] = key.split('.');
  return `--${renamed.get(name) ?? name}`;
}

/** Settings whose flag has another name. */
const renamed = new Map([
  ['targets', 'target'],
  ['scenarios', 'scenario'],
  ['until_ci', 'until-ci'],
  ['allow_status', 'allow-status'],
]);

export function list(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** What is wrong with it is said later, with all else that is wrong and without a password that may stand in it. */
export function target(text: string, before: Pairs<string> = []): Pairs<string> {
  const at = /^\s*https?:/i.test(text) ? -1 : text.indexOf('=');
  return [...before, at === -1 ? ['', text] : [text.slice(0, at), text.slice(at + 1)]];
}

function statuses(text: string, before: readonly number[] = []): number[] {
  const codes = list(text).map(Number);
  if (codes.length === 0 || !codes.every((code) => code >= 300 && code < 600 && code % 1 === 0))
    throw new InvalidArgumentError('Write it as 404 or 401,404: statuses from 300 to 599.');
  return [...before, ...codes];
}

/** A name alone takes its value from the environment, where no list of processes and no history shows it. */
export function variable(
  text: string,
  before: Pairs<string | FromEnvironment> = [],
): Pairs<string | FromEnvironment> {
  const at = text.indexOf('=');
  if (text === '' || at === 0) throw new InvalidArgumentError('Write it as KEY=value, or KEY.');
  if (at === -1) return [...before, [text, { env: text }]];
  return [...before, [text.slice(0, at), text.slice(at + 1)]];
}

export function substitutePair(text: string, before: Pairs<string> = []): Pairs<string> {
  const [, wanted, region] = /^(\w+)=(\w+)$/.exec(text) ?? [];
  if (wanted === undefined || region === undefined)
    throw new InvalidArgumentError('Write it as scl=gru: wanted=region.');
  return [...before, [wanted, region]];
}

function rttPair(text: string, before: Pairs<number> = []): Pairs<number> {
  const [name = '', value = ''] = text.split('=');
  const ms = Number(value);
  if (value === '' || !(ms >= 0 && ms <= 2000))
    throw new InvalidArgumentError('Write it as cdg-ord=116, in milliseconds up to 2000.');
  return [...before, [name, ms]];
}

function whole(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('Give a whole number.');
  return n;
}

function atLeastOne(text: string): number {
  const n = whole(text);
  if (n < 1 || n > 1000) throw new InvalidArgumentError('Give a whole number from 1 to 1000.');
  return n;
}

export function dollars(text: string): number {
  const n = Number(text);
  if (text === '' || !(n >= 0 && n < Infinity))
    throw new InvalidArgumentError('Give an amount in US dollars: 2.50.');
  return n;
}

function storagePlace(text: string): string {
  if (flySchema.shape.upload.safeParse(text).success) return text;
  throw new InvalidArgumentError('Write it as s3://bucket/prefix.');
}

/** `5%` or `5`. */
function percent(text: string): number {
  const n = Number(text.replace(/%$/, ''));
  if (text === '' || !(n >= 0.1 && n <= 100))
    throw new InvalidArgumentError('Write it as 5%, from 0.1% to 100%.');
  return n;
}

/** `90s`, `5m`, `1.5m`, or a bare number of seconds. */
function seconds(text: string): number {
  const [, n, unit] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text) ?? [];
  if (n === undefined || Number(n) <= 0) throw new InvalidArgumentError('Write it as 90s or 5m.');
  return Number(n) * { s: 1, m: 60, h: 3600 }[(unit ?? 's') as 's' | 'm' | 'h'];
}
