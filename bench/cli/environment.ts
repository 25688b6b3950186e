import { isAmong, type Environment } from '../base/child-environment.ts';
import type { Plan } from '../plan/plan.ts';

/** What of a person's environment a run passes on, and what it leaves behind that would have changed it; names only. */
export interface EnvironmentOfRun {
  readonly passed: readonly string[];
  readonly dropped: readonly string[];
  /** The same for a person, a sentence each. */
  readonly notes: readonly string[];
}

/** What is measured, and where. */
export interface Surroundings {
  readonly env: Environment;
  readonly provider: string;
  readonly targets: Plan['targets'];
  /** The settings that the scripts get, by name. */
  readonly settings: readonly string[];
  /** The names that users' scripts read of `__ENV`. */
  readonly reads: readonly string[];
}

/** A rule about some variables: those of `names` that are set, and what is to be said of them. */
interface Rule {
  readonly names: readonly string[];
  readonly but?: readonly string[];
  readonly applies: (surroundings: Surroundings) => boolean;
  readonly fate: 'passed' | 'dropped';
  readonly say: (names: string, isOne: boolean, env: Environment) => string;
}

const proxies = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
];
const authorities = ['SSL_CERT_FILE', 'SSL_CERT_DIR'];

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '') !== '';
const here = ({ provider }: Surroundings): boolean => provider === 'local';
const hasUrls = ({ targets }: Surroundings): boolean => targets.some(({ kind }) => kind === 'url');
const hasTls = ({ targets }: Surroundings): boolean =>
  targets.some((target) => target.kind === 'url' && /^https:/i.test(target.url));
const hasTopologies = ({ targets }: Surroundings): boolean =>
  targets.some(({ kind }) => kind === 'topology');

/** Variables that would change a measurement if they reached it, or do. All others stay behind unsaid. */
const rules: readonly Rule[] = [
  {
    names: ['K6_*'],
    // Which k6 is used is ours to read.
    but: ['K6_PATH'],
    applies: () => true,
    fate: 'dropped',
    say: (names, isOne) =>
      `${names} ${isOne ? 'is set and has' : 'are set and have'} no effect: bench builds k6's environment itself.`,
  },
  {
    names: ['GODEBUG', 'GOMAXPROCS', 'GOGC', 'GOMEMLIMIT'],
    applies: here,
    fate: 'dropped',
    say: (names, isOne) =>
      `${names} ${isOne ? 'is set and has' : 'are set and have'} no effect on k6.`,
  },
  {
    names: proxies,
    applies: (surroundings) => here(surroundings) && hasUrls(surroundings),
    fate: 'dropped',
    say: (_names, _isOne, env) => `Measured directly, not through ${proxiesIn(env).join(', ')}.`,
  },
  {
    names: authorities,
    applies: (surroundings) => here(surroundings) && hasTls(surroundings),
    fate: 'passed',
    say: (names, isOne) =>
      `k6 trusts the certificate authorities that ${names} ${isOne ? 'names' : 'name'}.`,
  },
  {
    names: authorities,
    applies: (surroundings) => !here(surroundings) && hasTls(surroundings),
    fate: 'dropped',
    say: (names) => `The machines on Fly do not get ${names}: they trust public authorities only.`,
  },
  {
    names: ['NODE_EXTRA_CA_CERTS'],
    applies: (surroundings) =>
      here(surroundings) && hasTls(surroundings) && !isSet(surroundings.env, 'SSL_CERT_FILE'),
    fate: 'dropped',
    say: (names) =>
      `k6 does not read ${names}: for an authority of your own set SSL_CERT_FILE to its certificate.`,
  },
  {
    names: ['NODE_OPTIONS', 'LD_PRELOAD', 'UV_THREADPOOL_SIZE', 'DATABASE_URL', 'REDIS_URL', 'PG*'],
    applies: (surroundings) => here(surroundings) && hasTopologies(surroundings),
    fate: 'dropped',
    say: (names, isOne) =>
      `${names} ${isOne ? 'is' : 'are'} set and ${isOne ? 'does' : 'do'} not reach the apps and databases of the topologies.`,
  },
];

/** Judges the environment of a run before it begins. An empty variable counts as not set. */
export function environmentOf(surroundings: Surroundings): EnvironmentOfRun {
  const { env } = surroundings;
  const set = Object.keys(env)
    .filter((name) => isSet(env, name))
    .sort();
  const found = rules
    .filter(({ applies }) => applies(surroundings))
    .map(({ names, but = [], ...rule }) => ({
      ...rule,
      names: set.filter((name) => isAmong(name, names) && !but.includes(name)),
    }))
    .filter(({ names }) => names.length > 0);
  const unread = missedBy(surroundings, set);
  const of = (fate: Rule['fate']) =>
    found.filter((rule) => rule.fate === fate).flatMap(({ names }) => names);
  return {
    passed: of('passed'),
    dropped: [...new Set([...of('dropped'), ...unread])].sort(),
    notes: [
      ...found.map(({ names, say }) => say(enumerated(names), names.length === 1, env)),
      ...unread.map(
        (name) =>
          `The script reads __ENV.${name}, which is set here but not passed on: say --env ${name}=… if it is meant.`,
      ),
    ],
  };
}

/** Variables of this process that a user's script asks for and does not get. */
function missedBy({ reads, settings }: Surroundings, set: readonly string[]): string[] {
  const given = [...settings, 'TARGET_URL', 'BENCH_*', 'K6_*'];
  return set.filter((name) => reads.includes(name) && !isAmong(name, given));
}

/** `HTTPS_PROXY=proxy.example:3128`: where it is, without the password that may stand in it. */
function proxiesIn(env: Environment): string[] {
  return proxies
    .filter((name) => isSet(env, name))
    .map((name) => {
      const value = env[name] ?? '';
      const text = value.includes('://') ? value : `http://${value}`;
      const host = URL.canParse(text) ? new URL(text).host : '';
      return host === '' ? name : `${name}=${host}`;
    });
}

const enumerated = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
