import type { BenchConfig } from '../config/config.ts';
import type { PlannedTarget } from './plan.ts';

/** What a configuration measures, in the order of the tables. */
export function plannedTargets({
  topologies,
  targets,
  rttOverridesOf,
  aa,
}: BenchConfig): PlannedTarget[] {
  const all: PlannedTarget[] = [
    ...topologies.map(({ name, copyOf }) => {
      const rtt = rttOverridesOf.get(name);
      return {
        kind: 'topology' as const,
        name,
        ...(copyOf === undefined ? {} : { copyOf }),
        ...(rtt === undefined ? {} : { rtt }),
      };
    }),
    ...targets.map(({ name, url }) => ({ kind: 'url' as const, name, url })),
  ];
  return aa ? all.flatMap((target) => [target, again(target)]) : all;
}

/** The same deployment under a second name. */
function again(target: PlannedTarget): PlannedTarget {
  const name = `${target.name}-again`;
  return target.kind === 'url'
    ? { ...target, name }
    : { kind: 'topology', name, sameAs: target.name };
}
