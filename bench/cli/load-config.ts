import { randomInt } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ProblemsError, type Problem } from '../base/errors.ts';
import type { BenchConfig } from '../config/config.ts';
import { readSettingsFile, type FileSettings } from '../config/file.ts';
import { resolveConfig, type Resolved } from '../config/resolve.ts';
import type { Settings } from '../config/settings.ts';
import { defined, flagOf, settingsOf, type RunFlags } from './run-flags.ts';

/** Flags over file over defaults. Throws with every problem at once. */
export async function loadConfig(
  flags: RunFlags,
  env: NodeJS.ProcessEnv = process.env,
): Promise<BenchConfig> {
  const file = await readFileOf(flags);
  const said = settingsOf(flags);
  const where = (key: string): string =>
    (key.split('.')[0] ?? '') in said ? flagOf(key) : file.where(key);
  const settings = {
    ...inherited(file.settings, said),
    ...said,
    fly: { ...file.settings.fly, ...said.fly },
  };
  const resolved = resolveConfig(settings, where, randomInt(2 ** 31), env);
  const problems: Problem[] = [
    ...file.problems,
    ...(await scriptProblems(settings.script, where)),
    ...(settings.provider === 'fly' ? withoutEffect(said, resolved) : onlyOnFly(said)),
    ...(resolved.ok ? [] : resolved.problems),
  ];
  if (!resolved.ok || problems.length > 0) throw new ProblemsError(problems);
  return resolved.config;
}

const defaultFile = 'fly.bench.toml';

/** The file that the flags name, or the usual one; its paths are those as seen from here. */
export async function readFileOf({ config }: Pick<RunFlags, 'config'>): Promise<FileSettings> {
  const path = config ?? defaultFile;
  const file = await readSettingsFile(path, config !== undefined);
  const { script, out, baseline } = file.settings;
  const fromHere = (each: string | undefined) =>
    each === undefined ? undefined : resolve(dirname(path), each);
  const paths = { script: fromHere(script), out: fromHere(out), baseline: fromHere(baseline) };
  return { ...file, settings: { ...file.settings, ...defined(paths) } };
}

/** What the file says and the flags don't stand against. */
function inherited(file: Settings, said: Settings): Settings {
  const silenced = new Set<string>([
    // Somebody who names a target of their own by flag wants that measured, not the topologies of the file too.
    ...(said.targets !== undefined && said.topologies === undefined
      ? ['topologies', 'scenarios']
      : []),
    ...(said.aa === true && said.topologies === undefined ? ['topologies', 'targets'] : []),
    // Each says what is to be measured.
    ...(said.script === undefined ? [] : ['scenarios']),
    ...(said.scenarios === undefined ? [] : ['script']),
    ...(said.until_ci === undefined ? [] : ['rounds', 'duration']),
    ...(said.rounds === undefined && said.duration === undefined ? [] : ['until_ci']),
  ]);
  return Object.fromEntries(Object.entries(file).filter(([key]) => !silenced.has(key)));
}

/** Flags that would have no effect. */
function onlyOnFly(said: Settings): Problem[] {
  const flags = [
    ...(said.substitute === undefined ? [] : ['--substitute']),
    ...(said.fly?.via === undefined ? [] : ['--via']),
    ...(said.fly?.max_cost === undefined ? [] : ['--max-cost']),
    ...(said.fly?.upload === undefined ? [] : ['--upload']),
    ...(said.fly?.stage === undefined ? [] : [`--${said.fly.stage}`]),
  ];
  return flags.map((where) => ({
    where,
    what: 'has no meaning in the local world',
    fix: 'Add --provider fly, or leave it out.',
  }));
}

/** Flags that have no effect on Fly either, as things are. */
const withoutEffect = (said: Settings, resolved: Resolved): Problem[] =>
  resolved.ok
    ? [
        ...distances(said),
        ...withoutTopologies(said, resolved.config),
        ...withoutRegion(said, resolved.config),
      ]
    : [];

const distances = ({ rtt }: Settings): Problem[] =>
  rtt === undefined
    ? []
    : [
        {
          where: '--rtt',
          what: 'is about the emulated distances of the local world; those on Fly are real',
          fix: 'Leave it out, or measure without --provider fly.',
        },
      ];

/** A file may name substitutes for many lists of regions; a flag is meant for this one. */
function withoutRegion({ substitute = [] }: Settings, { regions }: BenchConfig): Problem[] {
  return [...substitute]
    .filter(([wanted]) => !regions.includes(wanted))
    .map(([wanted, other]) => ({
      where: '--substitute',
      what: `${wanted} is not among the regions (${regions.join(', ')}), so ${other} would replace nothing`,
      fix: `Name ${wanted} among --regions, or leave --substitute ${wanted}=${other} out.`,
    }));
}

/** How topologies are reached, and which deployment of them, says nothing of a target: its URL does. */
function withoutTopologies({ fly }: Settings, { topologies }: BenchConfig): Problem[] {
  if (topologies.length > 0) return [];
  const flags = [
    ...(fly?.via === undefined ? [] : ['--via']),
    ...(fly?.stage === undefined ? [] : [`--${fly.stage}`]),
  ];
  return flags.map((where) => ({
    where,
    what: 'is about topologies, and none is measured',
    fix: 'Name them with --topologies, or leave it out: a target is reached as its URL says.',
  }));
}

async function scriptProblems(
  script: string | undefined,
  where: (key: string) => string,
): Promise<Problem[]> {
  if (script === undefined) return [];
  const isFile = await stat(script).then(
    (found) => found.isFile(),
    () => undefined,
  );
  if (isFile === true) return [];
  const what = isFile === false ? `${script} is no file` : `no such file: ${script}`;
  return [{ where: where('script'), what, fix: 'Name a k6 script, .ts or .js.' }];
}
