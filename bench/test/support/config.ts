import type { BenchConfig } from '../../config/config.ts';
import { resolveConfig } from '../../config/resolve.ts';
import type { Settings } from '../../config/settings.ts';

/** A configuration for tests: the defaults, and what the test says. Seed 1. */
export function testConfig(settings: Settings = {}): BenchConfig {
  const resolved = resolveConfig(settings, (key) => key, 1);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  return resolved.config;
}
