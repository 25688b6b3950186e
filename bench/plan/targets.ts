import type { BenchConfig } from '../config/config.ts';
import type { PlannedTarget } from './plan.ts';

/** What a configuration measures, in the order of the tables. */
export function plannedTargets({
  topologies,
  targets,
  rttOverridesOf,
  aa,
  leftOut,
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
  const fit = all.map((target) => {
    const reason = leftOut?.get(target.name);
    return reason === undefined ? target : { ...target, leftOut: reason };
  });
  return aa ? fit.flatMap((target) => [target, again(target)]) : fit;
}

/** The same deployment under a second name. */
function again(target: PlannedTarget): PlannedTarget {
  const name = `${target.name}-again`;
  return target.kind === 'url'
    ? { ...target, name }
    : { kind: 'topology', name, sameAs: target.name };
}
