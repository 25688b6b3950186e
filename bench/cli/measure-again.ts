import { BenchError } from '../base/errors.ts';
import { repeatPlan } from '../plan/make-plan.ts';
import type { PlannedTarget } from '../plan/plan.ts';
import type { WorldRequest } from '../providers/provider.ts';
import type { Manifest } from '../samples/manifest.ts';
import { makeRunId } from '../samples/run-id.ts';
import { topologies } from '../topologies/index.ts';
import type { Topology } from '../topologies/topology.ts';
import { regionOf } from '../world/vantage.ts';
import { makeWorld } from '../world/world.ts';
import { flyEngine, localEngine, type MakeEngine } from './engine.ts';
import type { Io } from './io.ts';
import { measure } from './measure.ts';
import type { Progress } from './progress.ts';
import { showError } from './show-error.ts';

/**
 * Measures a run once more with fresh rounds in another order: the same targets, load and distances, but only from
 * `vantages`. Gives the new run folder. Throws a BenchError (usage) if the run can't be repeated here.
 */
export async function measureAgain(
  manifest: Manifest,
  vantages: readonly string[],
  dir: string,
  progress: Progress,
  io: Io,
): Promise<string> {
  const { plan, runId: confirms } = manifest;
  const startedAt = new Date();
  const again = repeatPlan(plan, (plan.seed + 1) % 2 ** 31, vantages);
  const runId = makeRunId(startedAt, plan.profile, again.seed);
  const world = worldOf(manifest);
  const run = await measure(
    {
      ...{ plan: again, world, runId, confirms, startedAt, dir, mayGrow: true },
      engine: engineAgain(manifest, again.seed),
    },
    progress,
    io,
  );
  // A gate judges all the same.
  if (run.left !== undefined) showError(run.left, io);
  return run.dir;
}

/** What measured the run. */
function engineAgain({ provider, fly, plan, via = 'public' }: Manifest, seed: number): MakeEngine {
  if (provider === 'local') return localEngine(seed);
  if (provider !== 'fly' || fly === undefined)
    throw new BenchError(
      'usage',
      `This run was measured on ${provider}, which this version does not know.`,
      'Measure a second run there, and hand it over with --confirmation DIR.',
    );
  const hasTopologies = plan.targets.some(({ kind }) => kind === 'topology');
  return flyEngine({ ...fly, via }, hasTopologies);
}

/** The world in which a run was measured, with its distances. */
function worldOf({ plan, rtt, regions = {} }: Manifest): WorldRequest {
  const codes = [...new Set([plan.primary, ...plan.vantages.map(regionOf)])];
  const everywhere = Object.fromEntries(Object.entries(rtt).map(([pair, { ms }]) => [pair, ms]));
  const more = Object.entries(regions).map(([code, place]) => ({ code, ...place, retired: false }));
  const own = plan.targets.flatMap((target) =>
    target.kind === 'topology' && target.rtt !== undefined
      ? [[target.name, makeWorld(codes, { ...everywhere, ...target.rtt }, more)] as const]
      : [],
  );
  return {
    world: makeWorld(codes, everywhere, more),
    primary: plan.primary,
    vantages: plan.vantages,
    topologies: plan.targets.flatMap(topologyOf),
    worldsOf: new Map(own),
  };
}

function topologyOf(target: PlannedTarget): Topology[] {
  if (target.kind === 'url' || target.sameAs !== undefined) return [];
  const { name, copyOf } = target;
  const found = topologies.find((topology) => topology.name === (copyOf ?? name));
  if (found === undefined)
    throw new BenchError(
      'usage',
      `This version has no topology "${copyOf ?? name}".`,
      'Measure with the version that the run was made with, or hand a second run over with --confirmation DIR.',
    );
  return [copyOf === undefined ? found : { ...found, name, copyOf }];
}
