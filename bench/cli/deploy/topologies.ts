import { ProblemsError } from '../../base/errors.ts';
import type { BenchConfig } from '../../config/config.ts';
import { databaseApp, longestAppName, topologyApp } from '../../providers/fly/app-names.ts';
import type { AppPair } from '../../providers/fly/deploy/ownership.ts';

/** The apps of the chosen topologies. Throws (usage) if there are none, or a name is too long for Fly. */
export function appsOf({ topologies, fly }: BenchConfig): AppPair[] {
  if (topologies.length === 0)
    throw new ProblemsError([
      {
        where: '--topologies',
        what: 'no topology is chosen',
        fix: 'Name at least one: --topologies read-replicas.',
      },
    ]);
  const pairs = topologies.map(({ name }) => {
    const app = topologyApp(fly.app, name, fly.stage);
    return { app, database: databaseApp(app) };
  });
  const tooLong = pairs.filter(({ database }) => database.length > longestAppName);
  if (tooLong.length > 0)
    throw new ProblemsError(
      tooLong.map(({ database }) => ({
        where: '[bench.fly] app',
        what: `the name ${database} has more than ${String(longestAppName)} letters`,
        fix: 'Choose a shorter app of [bench.fly].',
      })),
    );
  return pairs;
}
