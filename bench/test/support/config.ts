import type { BenchConfig } from '../../config/config.ts';
import { resolveConfig } from '../../config/resolve.ts';
import type { Named, Settings } from '../../config/settings.ts';

type Tables = 'targets' | 'env' | 'rtt' | 'substitute';

/** Settings as tests write them: tables of names may be plain objects. */
export type TestSettings = Omit<Settings, Tables> & {
  readonly [Table in 'targets' | 'env' | 'substitute']?: Plain<string>;
} & { readonly rtt?: Plain<number> };

type Plain<Value> = Named<Value> | Readonly<Record<string, Value>>;

/** A configuration for tests: the defaults, and what the test says. Seed 1. */
export function testConfig(settings: TestSettings = {}): BenchConfig {
  const resolved = resolveConfig(settingsOf(settings), (key) => key, 1);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.config;
}

/** The same as the program has them. */
export function settingsOf({ targets, env, rtt, substitute, ...others }: TestSettings): Settings {
  return {
    ...others,
    ...(targets === undefined ? {} : { targets: named(targets) }),
    ...(env === undefined ? {} : { env: named(env) }),
    ...(rtt === undefined ? {} : { rtt: named(rtt) }),
    ...(substitute === undefined ? {} : { substitute: named(substitute) }),
  };
}

const named = <Value>(table: Plain<Value>): Named<Value> =>
  Symbol.iterator in table ? table : Object.entries(table);
