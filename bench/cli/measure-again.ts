import { BenchError } from '../base/errors.ts';
import { repeatPlan } from '../plan/make-plan.ts';
import { maskerOfPlan } from '../plan/mask-plan.ts';
import type { PlannedTarget } from '../plan/plan.ts';
import type { WorldRequest } from '../providers/provider.ts';
import type { Manifest } from '../samples/manifest.ts';
import { makeRunId } from '../samples/run-id.ts';
import { topologies } from '../topologies/index.ts';
import type { Topology } from '../topologies/topology.ts';
import { regionOf } from '../world/vantage.ts';
import { makeWorld } from '../world/world.ts';
import { flyEngine, localEngine, type MakeEngine } from './engine.ts';
import { withFly } from './fly/connection.ts';
import { consentTo, type Allowance } from './fly/consent-to.ts';
import { expectedSpending } from './fly/expected-spending.ts';
import { agreeToNames, accountOf } from './gate/agree-to-names.ts';
import { againPlan } from './gate/again-plan.ts';
import type { NamedNow } from './gate/named-now.ts';
import type { Io } from './io.ts';
import { measure, type Measurement } from './measure.ts';
import { hidingSecrets } from './hide-secrets.ts';
import { showError, tellError } from './show-error.ts';
import { withProgress } from './with-progress.ts';

/** Where the new run goes, and what a person let be done for it. */
export interface Again {
  readonly dir: string;
  readonly allowance: Allowance;
  readonly quiet: boolean;
  /** What of the run may be executed, visited and rented. */
  readonly named: NamedNow;
}

/**
 * Measures a run once more with fresh rounds in another order: the same targets, load and distances, but only from
 * `vantages`. Gives the new run folder. Throws a BenchError (usage) if the run can't be repeated here, a NotAgreed if
 * a person has to be asked and does not agree.
 */
export async function measureAgain(
  manifest: Manifest,
  vantages: readonly string[],
  again: Again,
  io: Io,
): Promise<string> {
  const { provider, fly, via } = manifest;
  const { plan, unnamed } = againPlan(manifest, again.named);
  const repeated = repeatPlan(plan, (plan.seed + 1) % 2 ** 31, vantages);
  const world = worldOf(manifest);
  const carryOut = (engine: MakeEngine) =>
    measured(manifest, { plan: repeated, world, engine }, again, io);
  if (provider === 'local') {
    await agreeToNames(unnamed, repeated, again.named, io);
    return carryOut(localEngine(repeated.seed));
  }
  if (provider !== 'fly' || fly === undefined)
    throw new BenchError(
      'usage',
      `This run was measured on ${provider}, which this version does not know.`,
      'Measure a second run there, and hand it over with --confirmation DIR.',
    );
  const account = accountOf(fly, again.named);
  await agreeToNames([...unnamed, ...account.unnamed], repeated, again.named, io);
  const hasTopologies = plan.targets.some(({ kind }) => kind === 'topology');
  const settings = { ...account.settings, via: via === 'private' ? via : ('public' as const) };
  return withFly(io, async (connection) => {
    const what = `Slower at ${vantages.join(', ')}, it seems; measuring again`;
    const spending = expectedSpending(repeated, account.settings.size);
    await consentTo(spending, again.allowance, { what, fix: otherWays }, io);
    return carryOut(flyEngine({ settings, hasTopologies, connection }));
  });
}

const otherWays =
  'Say --yes to go on, raise --max-cost, or judge without measuring again: --no-confirm.';

function measured(
  { runId: confirms }: Manifest,
  parts: Pick<Measurement, 'plan' | 'world' | 'engine'>,
  { dir, quiet }: Again,
  io: Io,
): Promise<string> {
  const { profile, seed, vantages } = parts.plan;
  const startedAt = new Date();
  const runId = makeRunId(startedAt, profile, seed);
  const remeasure = (hidden: Io) =>
    withProgress({ quiet, io: hidden }, async (progress) => {
      progress.note(
        `Slower at ${vantages.join(', ')}, it seems: measuring again, with fresh rounds.`,
      );
      const run = await measure(
        { ...parts, runId, confirms, startedAt, dir, mayGrow: true },
        progress,
        hidden,
      );
      // A gate judges all the same, by what could be kept.
      if (run.unkept !== undefined) tellError(run.unkept.error, hidden);
      if (run.left !== undefined) showError(run.left, hidden);
      return run.dir;
    });
  return hidingSecrets(io, maskerOfPlan(parts.plan), remeasure);
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
