import { basename, extname, resolve } from 'node:path';
import type { Environment } from '../base/child-environment.ts';
import type { Problem } from '../base/errors.ts';
import { isSecretSetting, isSecretValue } from '../base/secrets.ts';
import { scenarios } from '../scenarios/index.ts';
import { topologies } from '../topologies/index.ts';
import type { Topology } from '../topologies/topology.ts';
import { nearestToFormer } from '../world/former-regions.ts';
import { regions } from '../world/regions.ts';
import type { BenchConfig, ChosenScenario, ProviderName } from './config.ts';
import { flySettings } from './fly-settings.ts';
import { suggest } from './nearest-name.ts';
import { rttOverrides } from './rtt.ts';
import { profiles, type Profile, type ProfileName } from './profiles.ts';
import type { Settings, Where } from './settings.ts';
import { chosenTargets } from './targets.ts';
import { chosenTopologies as topologiesOf } from './topologies.ts';

/** What holds where nobody says otherwise: the cities of the articles. */
const defaults = { regions: ['cdg', 'ord', 'syd', 'scl'], profile: 'quick' } as const;

/** With `until_ci`: the rounds after which it is first asked whether the intervals are narrow. */
const firstLook = 8;

export type Resolved =
  | { readonly ok: true; readonly config: BenchConfig }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks settings against the world; reports every problem at once. `freshSeed` serves where none is set; from
 * `environment` come the values of settings that only name a variable.
 */
export function resolveConfig(
  settings: Settings,
  where: Where,
  freshSeed: number,
  environment: Environment = {},
): Resolved {
  const problems: Problem[] = [];
  const known = <T>(key: string, typed: string, all: ReadonlyMap<string, T>): T[] => {
    const found = all.get(typed);
    if (found !== undefined) return [found];
    problems.push({
      where: where(key),
      what: `no ${singular.get(key) ?? key} is called "${typed}"`,
      fix: suggest(typed, [...all.keys()]),
    });
    return [];
  };
  const [provider = 'local'] = known('provider', settings.provider ?? 'local', providers);
  const codes = unique(settings.regions ?? defaults.regions);
  // Which regions there are on Fly, Fly is asked.
  if (provider === 'local') problems.push(...unknownRegions(codes, settings.primary, where));
  if (codes.length === 0)
    problems.push({
      where: where('regions'),
      what: 'must name at least one region',
      fix: 'Name some: cdg,ord,syd. `bench regions` lists them.',
    });
  const primary = settings.primary ?? codes[0] ?? '';

  const chosenTopologies = topologiesOf(topologyNames(settings), where, problems);
  const names = chosenTopologies.map(({ name }) => name);
  const targets = chosenTargets(settings, names, where, problems);
  const env = chosenEnv(settings, where, problems, environment);
  const chosenScenarios = [
    ...scenarioNames(settings, chosenTopologies).flatMap((name) =>
      known('scenarios', name, new Map(scenarios.map((s) => [s.name, s]))),
    ),
    ...ownScript(settings),
  ].map((scenario) => withEnv(scenario, env));
  const [profile] = known('profile', settings.profile ?? defaults.profile, namedProfiles);
  checkSetting(env, chosenScenarios, where, problems);
  const rtt = rttOverrides(settings.rtt ?? [], names, where, problems);
  problems.push(...measuringProblems(settings, chosenTopologies.length + targets.length, where));
  if (chosenTopologies.length + targets.length === 0 && problems.length === 0)
    problems.push({
      where: where('topologies'),
      what: 'nothing to measure',
      fix: 'Name at least one topology (--topologies) or target (--target name=URL).',
    });
  if (problems.length > 0 || profile === undefined) return { ok: false, problems };

  const mostSteps = Math.max(...chosenScenarios.map(({ steps }) => steps.length));
  const vantages = regionsWith(codes, primary);
  const iterationsPerSecond = sharedRate[provider] / mostSteps / vantages.length;
  const isShared = provider === 'fly' || chosenTopologies.length > 0;
  return {
    ok: true,
    config: {
      provider,
      regions: vantages,
      vantages,
      substitutes: Object.fromEntries(settings.substitute ?? []),
      primary,
      newRegions: [],
      topologies: chosenTopologies,
      targets,
      scenarios: chosenScenarios,
      profile: profile.name,
      rounds: settings.until_ci === undefined ? (settings.rounds ?? profile.rounds) : firstLook,
      ...loadOf(profile, settings, isShared ? iterationsPerSecond : Infinity),
      ...(settings.duration === undefined ? {} : { duration: settings.duration }),
      seed: settings.seed ?? freshSeed,
      ...(settings.until_ci === undefined ? {} : { untilCi: settings.until_ci / 100 }),
      aa: settings.aa === true,
      rttOverrides: rtt.everywhere,
      rttOverridesOf: rtt.of,
      fly: flySettings(settings.fly),
      allowStatus: settings.allow_status ?? [],
      follow: settings.follow === true,
    },
  };
}

/** What the local world can't emulate. */
function unknownRegions(
  codes: readonly string[],
  primary: string | undefined,
  where: Where,
): Problem[] {
  const named = [
    ...codes.map((code) => ({ key: 'regions', code })),
    ...(primary === undefined ? [] : [{ key: 'primary', code: primary }]),
  ];
  return named
    .filter(({ code }) => !regions.has(code))
    .map(({ key, code }) => ({ where: where(key), ...unknownRegion(code) }));
}

function unknownRegion(code: string): Pick<Problem, 'what' | 'fix'> {
  const near = nearestToFormer(code);
  if (near === undefined)
    return {
      what: `the local world has no region "${code}": its round-trip times are not known`,
      fix: suggest(code, [...regions.keys()]),
    };
  return {
    what: `Fly has retired ${code}; the nearest live region is ${near.code} (${near.city})`,
    fix: `Name ${near.code} in its place, or leave ${code} out.`,
  };
}

const singular = new Map([['scenarios', 'scenario']]);

const namedProfiles = new Map(
  Object.entries(profiles).map(([name, profile]) => [
    name,
    { name: name as ProfileName, ...profile },
  ]),
);

const providers: ReadonlyMap<string, ProviderName> = new Map([
  ['local', 'local'],
  ['fly', 'fly'],
]);

/**
 * Requests a second of all vantages together where nobody says otherwise. local: what two processors serve with time to
 * spare, the load generators and the databases included; fly: what nobody's deployment should mind.
 */
const sharedRate: Readonly<Record<ProviderName, number>> = { local: 80, fly: 50 };

/** Vantages that share what they load send less each, for longer: a block has as many samples as ever. */
function loadOf(
  { rate, keep }: Profile,
  settings: Settings,
  atMost: number,
): { rate: number; keep: number } {
  if (settings.rate !== undefined) return { rate: settings.rate, keep };
  const each = Math.max(1, Math.floor(Math.min(rate, atMost)));
  return { rate: each, keep: (keep * rate) / each };
}

const regionsWith = (codes: readonly string[], primary: string): readonly string[] =>
  codes.includes(primary) ? codes : [primary, ...codes];

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** How much to measure, asked for in two ways that don't go together. */
function measuringProblems(settings: Settings, targets: number, where: Where): Problem[] {
  const clash = (key: 'rounds' | 'duration'): Problem[] =>
    settings.until_ci === undefined || settings[key] === undefined
      ? []
      : [
          {
            where: where(key),
            what: `${key} and until_ci exclude each other`,
            fix: 'Leave one of them out: until_ci decides itself how many rounds it takes.',
          },
        ];
  const twice: Problem[] =
    settings.aa === true && targets !== 1
      ? [
          {
            where: where('aa'),
            what: `measures one target twice; ${targets} are chosen`,
            fix: 'Choose one: --topologies single-region, or one --target.',
          },
        ]
      : [];
  return [...clash('rounds'), ...clash('duration'), ...twice];
}

/** Somebody who names targets of their own wants those; the topologies only if named too. */
function topologyNames(settings: Settings): readonly string[] {
  if (settings.topologies !== undefined) return settings.topologies;
  if ([...(settings.targets ?? [])].length > 0) return [];
  return settings.aa === true ? ['single-region'] : topologies.map(({ name }) => name);
}

function scenarioNames(settings: Settings, chosen: readonly Topology[]): string[] {
  if (settings.scenarios !== undefined) return unique(settings.scenarios);
  if (settings.script !== undefined) return [];
  return [chosen.length > 0 ? 'search' : 'visit'];
}

function ownScript({ script }: Settings): ChosenScenario[] {
  if (script === undefined) return [];
  const file = resolve(script);
  return [{ name: scriptName(file), file, steps: [''], headline: '', own: true, env: {} }];
}

/** Without its extension, unless a workload that ships has that name. */
function scriptName(file: string): string {
  const short = basename(file, extname(file));
  return scenarios.some(({ name }) => name === short) ? basename(file) : short;
}

function withEnv(scenario: ChosenScenario, env: ReadonlyMap<string, Given>): ChosenScenario {
  const given = [...env];
  const secrets = given.flatMap(([name, { value, from }]) =>
    from === undefined && !isSecretSetting(name, value) ? [] : [[name, from ?? name] as const],
  );
  return {
    name: scenario.name,
    file: scenario.file,
    steps: scenario.steps,
    headline: scenario.headline,
    ...(scenario.own === true ? { own: true } : {}),
    env: {
      ...scenario.env,
      ...Object.fromEntries(given.map(([name, { value }]) => [name, value])),
    },
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) }),
  };
}

/** The value of a setting, and the variable of the environment that it was taken from. */
interface Given {
  readonly value: string;
  readonly from?: string;
}

/** The variables of the scripts; adds what can't be the name of one, or is set twice. */
function chosenEnv(
  settings: Settings,
  where: Where,
  problems: Problem[],
  environment: Environment,
): ReadonlyMap<string, Given> {
  const env = new Map<string, Given>();
  for (const [name, said] of settings.env ?? []) {
    const from = typeof said === 'string' ? undefined : said.env;
    const value = typeof said === 'string' ? said : environment[said.env];
    const fault = env.has(name)
      ? { what: `${name} is set twice`, fix: 'Keep one of the two.' }
      : /^[a-z_][\w.-]*$/i.test(name) && name !== '__proto__'
        ? undefined
        : {
            what: `${isSecretValue(name) ? 'what was given' : JSON.stringify(name)} can't be the name of a variable`,
            fix: 'Write letters, digits and _ with no digit first: QUERIES, read in a script as __ENV.QUERIES.',
          };
    const missing = value === undefined && fault === undefined ? [notSet(from ?? name)] : [];
    for (const each of [...(fault === undefined ? [] : [fault]), ...missing])
      problems.push({ where: where(`env.${name}`), ...each });
    env.set(name, { value: value ?? '', ...(from === undefined ? {} : { from }) });
  }
  return env;
}

/** A value given in the place of a name is not repeated. */
function notSet(variable: string): Omit<Problem, 'where'> {
  if (isSecretValue(variable))
    return {
      what: 'what was given looks like a secret, not like the name of a variable',
      fix: 'Write --env KEY, and set KEY in the environment; and make a new secret if others can read this command.',
    };
  return {
    what: `${variable} is not set in the environment`,
    fix: `Set it (export ${variable}=…), or give a value: ${variable}=value.`,
  };
}

/** QUERIES is the one setting that ships; a wrong number would silently measure something else. */
function checkSetting(
  env: ReadonlyMap<string, Given>,
  chosen: readonly ChosenScenario[],
  where: Where,
  problems: Problem[],
): void {
  const queries = env.get('QUERIES')?.value;
  if (queries === undefined || !chosen.some(({ name }) => name === 'search')) return;
  const n = Number(queries);
  if (Number.isInteger(n) && n >= 1 && n <= 20) return;
  problems.push({
    where: where('env.QUERIES'),
    what: `"${queries}" is not a number of queries`,
    fix: 'Give a whole number from 1 to 20.',
  });
}
