import type { Placed } from '../../explain/placed.ts';
import type { Plan } from '../../plan/plan.ts';
import { topologies } from '../../topologies/index.ts';
import { place, type Placement } from '../../topologies/topology.ts';
import { geographyOf, regionsOf } from './geography.ts';

/** Where the targets of a plan are, and where they would be in the topologies that it lacks. */
export function placementsOf(plan: Plan): Placed[] {
  const targets = [...geographyOf({ plan }).placements].map(
    ([name, { machines, database, replicas }]) =>
      placed(name, { primary: database, machines, replicas }),
  );
  const others = topologies
    .filter((topology) => !plan.targets.some(({ name }) => name === topology.name))
    .map((topology) => placed(topology.name, place(topology, regionsOf(plan), plan.primary)));
  return [...targets, ...others];
}

function placed(
  name: string,
  { primary, machines, replicas }: Pick<Placement, 'primary' | 'machines' | 'replicas'>,
): Placed {
  return { name, primary, machines, databases: [primary, ...replicas] };
}
