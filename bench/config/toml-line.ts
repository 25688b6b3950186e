import { tomlKeys } from './toml-keys.ts';

/**
 * The line of a TOML text (from 1) where `key` stands: a path with dots, such as `bench.budgets.targets.mine.p95`.
 * Where it is not found, the line of the longest path that leads there.
 */
export function lineOfKey(text: string, key: string): number {
  let best = { length: 0, line: 1 };
  for (const { path, line } of tomlKeys(text)) {
    const written = path.join('.');
    if (leadsTo(written, key) && written.length > best.length)
      best = { length: written.length, line };
  }
  return best.line;
}

const leadsTo = (path: string, key: string): boolean =>
  path !== '' && (key === path || key.startsWith(`${path}.`));
