import type { Plan, PlannedTarget } from '../../plan/plan.ts';
import type { Geography, TargetPlacement } from '../../report/map/geography.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { regionsOfRun } from '../../samples/regions-of-run.ts';
import { topologies } from '../../topologies/index.ts';
import { place } from '../../topologies/topology.ts';
import type { RegionCode } from '../../world/regions.ts';
import { regionOf } from '../../world/vantage.ts';

/** Where the regions of a run lie, and what of each target runs in which. */
export function geographyOf(manifest: Pick<Manifest, 'plan' | 'regions'>): Geography {
  const { plan } = manifest;
  const coordinates = [...regionsOfRun(manifest)].map(
    ([code, { lat, lon }]) => [code, { lat, lon }] as const,
  );
  const placements = plan.targets.flatMap((target) => {
    const placement = placementOf(target, plan);
    return placement === undefined ? [] : [[target.name, placement] as const];
  });
  return {
    coordinates: new Map(coordinates),
    placements: new Map(placements),
  };
}

/** Where the plan measures, each region once. */
export const regionsOf = (plan: Plan): RegionCode[] => [...new Set(plan.vantages.map(regionOf))];

/** Undefined for a URL, and for a topology that only another version knows. */
function placementOf(target: PlannedTarget, plan: Plan): TargetPlacement | undefined {
  if (target.kind === 'url') return undefined;
  const { name: original, copyOf } = sourceOf(target, plan);
  const topology = topologies.find(({ name }) => name === (copyOf ?? original));
  if (topology === undefined) return undefined;
  const { machines, replicas, primary } = place(topology, regionsOf(plan), plan.primary);
  return { machines, database: primary, replicas };
}

/** The target that is really deployed. */
function sourceOf(target: TopologyTarget, { targets }: Plan): TopologyTarget {
  const source = targets.find(({ name }) => name === target.sameAs);
  return source?.kind === 'topology' ? source : target;
}

type TopologyTarget = Extract<PlannedTarget, { kind: 'topology' }>;
