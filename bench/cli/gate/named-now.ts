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
  /** Its settings. */
  readonly env: ReadonlyMap<string, string>;
  /** Name → URL of deployments, as they are sent. */
  readonly targets: ReadonlyMap<string, string>;
  readonly fly: FlySettings;
  /** They agree in advance. */
  readonly yes: boolean;
}

/** Flags over file. */
export function namedNow(flags: GateFlags, file: Settings): NamedNow {
  const targets = [...(file.targets ?? []), ...(flags.target ?? [])];
  const script = flags.script ?? file.script;
  return {
    script: script === undefined ? undefined : resolve(script),
    env: new Map([...(file.env ?? []), ...(flags.env ?? [])]),
    targets: new Map(
      targets.map(([name, url]) => [name.trim(), targetUrl(url.trim()) ?? url.trim()]),
    ),
    fly: flySettings(file.fly),
    yes: flags.yes === true,
  };
}
