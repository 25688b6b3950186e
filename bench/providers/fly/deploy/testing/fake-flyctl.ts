import { parse } from 'smol-toml';

/** What a made-up account holds; JSON, so that a program can keep it in a file between its calls. */
export interface Account {
  readonly apps: Record<string, FakeApp>;
  /** Every command that changes something, as it was given, whether it succeeded or not. */
  readonly changes: string[];
  /** Makes one of them go wrong: the how-manieth, from 0. */
  fault?: Fault | undefined;
  /** Regions without room. */
  readonly full: string[];
  /** Names that belong to somebody else. */
  readonly taken: string[];
  loggedIn: boolean;
}

export interface Fault {
  readonly at: number;
  /** before: nothing happens. half: what several parts make up is begun. after: all is done, but it says otherwise. */
  readonly when: 'before' | 'half' | 'after';
}

export interface FakeApp {
  readonly org: string;
  readonly secrets: Record<string, string>;
  machines: FakeMachine[];
  readonly addresses: string[];
  readonly releases: { readonly Status: string; readonly ImageRef: string }[];
}

export interface FakeMachine {
  readonly id: string;
  readonly region: string;
  readonly state: string;
  /** Of a database: MB. */
  readonly memoryMb?: number;
  readonly checks: { readonly name: string; readonly status: string; readonly output: string }[];
}

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const newAccount = (): Account => ({
  ...{ apps: {}, changes: [], full: [], taken: [], loggedIn: true },
});

/** Does what flyctl would do: the commands that `bench deploy` and `bench destroy` use, and their refusals. */
export function fakeFlyctl(
  account: Account,
  args: readonly string[],
  input: string,
  readText: (path: string) => string,
): Answer {
  try {
    if (!account.loggedIn)
      throw new Refusal("no access token available. Please login with 'flyctl auth login'");
    return { code: 0, stdout: perform(account, args, input, readText), stderr: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: 1, stdout: '', stderr: `Error: ${error.message}\n` };
  }
}

class Refusal extends Error {}

function perform(
  account: Account,
  args: readonly string[],
  input: string,
  readText: (path: string) => string,
): string {
  const words = positional(args);
  if (args.includes('-q') && words.slice(0, 2).join(' ') === 'machine list')
    return appOf(account, args)
      .machines.map(({ id }) => `${id} \t\n`)
      .concat('\n')
      .join('');
  const told = readings[words.slice(0, 2).join(' ')] ?? readings[words[0] ?? ''];
  if (told !== undefined) return JSON.stringify(told(account, args));
  const name = words[0] === 'deploy' ? 'deploy' : words.slice(0, 2).join(' ');
  const change = changes[name];
  if (change === undefined) throw new Refusal(`unknown command "${args.join(' ')}" for "flyctl"`);
  const fault = account.changes.length === account.fault?.at ? account.fault.when : undefined;
  account.changes.push(args.join(' '));
  if (fault === 'before') throw new Refusal('connection reset by peer');
  const said = change({ account, args, words, input, readText, half: fault === 'half' });
  if (fault !== undefined) throw new Refusal('connection reset by peer');
  return said;
}

interface Call {
  readonly account: Account;
  readonly args: readonly string[];
  readonly words: readonly string[];
  readonly input: string;
  readonly readText: (path: string) => string;
  readonly half: boolean;
}

/** Half of them write their keys in capitals, as flyctl does. */
const readings: Record<string, (account: Account, args: readonly string[]) => unknown> = {
  'apps list': ({ apps }) =>
    Object.entries(apps).map(([Name, { org }]) => ({ Name, Organization: { Slug: org } })),
  'machine list': (account, args) => appOf(account, args).machines,
  'checks list': (account, args) => appOf(account, args).machines.flatMap(({ checks }) => checks),
  'secrets list': (account, args) =>
    Object.keys(appOf(account, args).secrets).map((name) => ({ name, digest: 'd' })),
  'ips list': (account, args) =>
    appOf(account, args).addresses.map((Type) => ({ Address: '::1', Type })),
  releases: (account, args) => [...appOf(account, args).releases].reverse(),
};

const changes: Record<string, (call: Call) => string> = {
  'apps create': ({ account, args, words }) => {
    makeApp(account, words[2] ?? '', flag(args, '--org'));
    return '';
  },
  'apps destroy': ({ account, words }) => {
    const name = words[2] ?? '';
    if (account.apps[name] === undefined) throw new Refusal(`Could not find App "${name}"`);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    delete account.apps[name];
    return `Destroyed app ${name}`;
  },
  'secrets import': ({ account, args, input }) => {
    if (!args.includes('--stage')) throw new Refusal('would deploy');
    for (const line of input.trim().split('\n')) {
      const [, name = '', value = ''] = /^([A-Z_]+)=(.+)$/.exec(line) ?? [];
      if (name === '')
        throw new Refusal(`Secrets must be provided as NAME=VALUE pairs (${line} is invalid)`);
      appOf(account, args).secrets[name] = value;
    }
    return '';
  },
  'postgres create': ({ account, args, half }) => {
    const name = flag(args, '--name');
    const app = makeApp(account, name, flag(args, '--org'));
    const password = flag(args, '--password');
    app.secrets['OPERATOR_PASSWORD'] = password;
    if (half) return '';
    const memoryMb = memoryOf(flag(args, '--vm-size'), optional(args, '--vm-memory'));
    addMachine(account, app, flag(args, '--region'), { role: 'primary', memoryMb });
    return `Postgres cluster ${name} created\n  Username:    postgres\n  Password:    ${password}\n`;
  },
  'ips allocate-v6': ({ account, args }) => {
    appOf(account, args).addresses.push('v6');
    return '';
  },
  'ips allocate-v4': ({ account, args }) => {
    if (!args.includes('--shared')) throw new Refusal('a dedicated IPv4 costs money');
    appOf(account, args).addresses.push('shared_v4');
    return '';
  },
  deploy: ({ account, args, half, readText }) => {
    const app = appOf(account, args);
    const config = parse(readText(flag(args, '-c'))) as { primary_region: string; app: string };
    if (config.app !== flag(args, '-a')) throw new Refusal('the app names differ');
    release(account, app);
    const image = `registry.fly.io/${config.app}:${flag(args, '--image-label')}`;
    if (app.machines.length === 0) addMachine(account, app, config.primary_region);
    app.releases.push({ Status: half ? 'failed' : 'complete', ImageRef: image });
    return '';
  },
  'machine clone': ({ account, args, words }) => {
    const app = appOf(account, args);
    const source = app.machines.find(({ id }) => id === words[2]);
    if (source === undefined) throw new Refusal(`machine ${words[2] ?? ''} was not found`);
    const { memoryMb = 0 } = source;
    addMachine(account, app, flag(args, '--region'), { role: 'replica', memoryMb });
    return 'Machine has been successfully cloned!';
  },
  'scale count': ({ account, args, words }) => {
    const app = appOf(account, args);
    if (!app.releases.some(({ Status }) => Status === 'complete'))
      throw new Refusal(
        'this app has no complete releases. Run `fly deploy` to create one and rerun this command',
      );
    const wanted = Number(words[2]);
    const regions = flag(args, '--region').split(',');
    const here = app.machines.filter(({ region }) => regions.includes(region));
    for (const region of regions.slice(0, Math.max(0, wanted - here.length)))
      addMachine(account, app, region);
    const surplus = here.slice(0, Math.max(0, here.length - wanted));
    app.machines = app.machines.filter((machine) => !surplus.includes(machine));
    return '';
  },
};

/** The release command: it reaches the database only with the right password. */
function release({ apps }: Account, app: FakeApp): void {
  const url = app.secrets['DATABASE_URL'] ?? '';
  const [, password, database = ''] =
    /^postgres:\/\/postgres:([^@]+)@([^.]+)\.flycast:5432\/postgres$/.exec(url) ?? [];
  const found = apps[database];
  if (found === undefined || found.machines.length === 0)
    throw new Refusal('release command failed - aborting deployment. getaddrinfo ENOTFOUND');
  if (found.secrets['OPERATOR_PASSWORD'] !== password)
    throw new Refusal(
      'release command failed - aborting deployment. password authentication failed',
    );
}

function makeApp(account: Account, name: string, org: string): FakeApp {
  if (account.apps[name] !== undefined || account.taken.includes(name))
    throw new Refusal('Validation failed: Name has already been taken');
  const app: FakeApp = { org, secrets: {}, machines: [], addresses: [], releases: [] };
  account.apps[name] = app;
  return app;
}

/** Without the flag it gives shared processors of databases far more than their preset says. */
function memoryOf(size: string, wanted: string | undefined): number {
  if (wanted !== undefined) return Number(wanted);
  const [, count] = /-(\d+)x$/.exec(size) ?? [];
  if (size === 'shared-cpu-1x') return 256;
  return 2048 * Number(count);
}

function addMachine(
  account: Account,
  app: FakeApp,
  region: string,
  database?: { readonly role: string; readonly memoryMb: number },
): void {
  if (region === 'scl')
    throw new Refusal(
      'Region scl is deprecated and cannot have new resources provisioned. Please consider using an alternate region such as gru',
    );
  if (account.full.includes(region))
    throw new Refusal(
      `failed to launch VM: aborted: could not reserve resource for machine: insufficient memory available to fulfill request in ${region}`,
    );
  const count = Object.values(account.apps).flatMap(({ machines }) => machines).length;
  const id =
    `${Object.keys(account.apps).length.toString(16)}${count.toString(16)}${'0'.repeat(12)}`.slice(
      0,
      14,
    );
  const checks =
    database === undefined
      ? [{ name: 'http', status: 'passing', output: 'ok' }]
      : [{ name: 'role', status: 'passing', output: database.role }];
  const { memoryMb } = database ?? {};
  app.machines.push({
    ...{ id, region, state: 'started', checks },
    ...(memoryMb === undefined ? {} : { memoryMb }),
  });
}

function appOf({ apps }: Account, args: readonly string[]): FakeApp {
  const name = flag(args, '-a');
  const app = apps[name];
  if (app === undefined) throw new Refusal(`Could not find App "${name}"`);
  return app;
}

function flag(args: readonly string[], name: string): string {
  const at = args.indexOf(name);
  const value = at === -1 ? undefined : args[at + 1];
  if (value === undefined || value.startsWith('-')) throw new Refusal(`flag needed: ${name}`);
  return value;
}

const optional = (args: readonly string[], name: string): string | undefined =>
  args.includes(name) ? flag(args, name) : undefined;

const alone = new Set(['--json', '--stage', '--yes', '--shared', '--ha=false', '--image', '-q']);

/** The words that belong to no flag. */
function positional(args: readonly string[]): string[] {
  return args.filter(
    (word, i) =>
      !word.startsWith('-') &&
      (i === 0 || !args[i - 1]?.startsWith('-') || alone.has(args[i - 1] ?? '')),
  );
}
