import { randomInt } from 'node:crypto';
import { access } from 'node:fs/promises';
import { ProblemsError, type Problem } from '../base/errors.ts';
import type { BenchConfig } from '../config/config.ts';
import { readSettingsFile } from '../config/file.ts';
import { resolveConfig, type Resolved } from '../config/resolve.ts';
import type { Settings } from '../config/settings.ts';
import { flagOf, settingsOf, type RunFlags } from './run-flags.ts';

const defaultFile = 'fly.bench.toml';

/** Flags over file over defaults. Throws with every problem at once. */
export async function loadConfig(flags: RunFlags): Promise<BenchConfig> {
  const file = await readSettingsFile(flags.config ?? defaultFile, flags.config !== undefined);
  const said = settingsOf(flags);
  const where = (key: string): string =>
    (key.split('.')[0] ?? '') in said ? flagOf(key) : file.where(key);
  const settings = {
    ...inherited(file.settings, said),
    ...said,
    fly: { ...file.settings.fly, ...said.fly },
  };
  const resolved = resolveConfig(settings, where, randomInt(2 ** 31));
  const problems: Problem[] = [
    ...file.problems,
    ...(await scriptProblems(flags.script)),
    ...(settings.provider === 'fly' ? withoutEffect(said, resolved) : onlyOnFly(said)),
    ...(resolved.ok ? [] : resolved.problems),
  ];
  if (!resolved.ok || problems.length > 0) throw new ProblemsError(problems);
  return resolved.config;
}

/** What the file says and the flags don't stand against. */
function inherited(file: Settings, said: Settings): Settings {
  const silenced = new Set<string>([
    // Somebody who names a target of their own by flag wants that measured, not the topologies of the file too.
    ...(said.targets !== undefined && said.topologies === undefined
      ? ['topologies', 'scenarios']
      : []),
    ...(said.aa === true && said.topologies === undefined ? ['topologies', 'targets'] : []),
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
function withoutRegion({ substitute = {} }: Settings, { regions }: BenchConfig): Problem[] {
  return Object.entries(substitute)
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

async function scriptProblems(script: string | undefined): Promise<Problem[]> {
  if (script === undefined) return [];
  const found = await access(script).then(
    () => true,
    () => false,
  );
  if (found) return [];
  return [
    { where: '--script', what: `no such file: ${script}`, fix: 'Name a k6 script, .ts or .js.' },
  ];
}
