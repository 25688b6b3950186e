import { resolve } from 'node:path';
import { flySettings, type FlySettings } from '../../config/fly-settings.ts';
import type { Settings } from '../../config/settings.ts';
import { targetUrl } from '../../config/target-url.ts';
import type { GateFlags } from './flags.ts';

/**
 * What the user names now, on the command line or in their own configuration file. A run folder may come from anyone:
 * code, addresses and accounts are taken from here and never from there.
 */
export interface NamedNow {
  /** Their k6 script; absolute. */
  readonly script: string | undefined;
  /** Settings of the workloads; those of the environment looked up, and absent where it has none. */
  readonly env: ReadonlyMap<string, string>;
  /** Those that are secret, by the variable that has them. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Name → URL of deployments, as they are sent. */
  readonly targets: ReadonlyMap<string, string>;
  readonly fly: FlySettings;
  /** They agree in advance. */
  readonly yes: boolean;
}

/** Flags over file. */
export function namedNow(
  flags: GateFlags,
  file: Settings,
  environment: NodeJS.ProcessEnv,
): NamedNow {
  const settings = [...new Map([...(file.env ?? []), ...(flags.env ?? [])])];
  const targets = [...(file.targets ?? []), ...(flags.target ?? [])];
  const script = flags.script ?? file.script;
  return {
    script: script === undefined ? undefined : resolve(script),
    env: new Map(
      settings.flatMap(([name, given]) => {
        const value = typeof given === 'string' ? given : environment[given.env];
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
    secrets: new Map(
      settings.flatMap(([name, given]) =>
        typeof given === 'string' ? [] : [[name, given.env] as const],
      ),
    ),
    targets: new Map(
      targets.map(([name, url]) => [name.trim(), targetUrl(url.trim()) ?? url.trim()]),
    ),
    fly: flySettings(file.fly),
    yes: flags.yes === true,
  };
}
