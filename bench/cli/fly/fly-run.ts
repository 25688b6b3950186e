import { ProblemsError, type Problem } from '../../base/errors.ts';
import type { BenchConfig } from '../../config/config.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import { topologyApp, topologyUrl } from '../../providers/fly/app-names.ts';
import { estimateCost } from '../../providers/fly/cost.ts';
import { isLoopback } from '../../providers/fly/client/loopback.ts';
import { flyAccess, flyToken } from '../../providers/fly/machines.ts';
import type { MachinesApi } from '../../providers/fly/machines-api.ts';
import { looks } from '../../stats/stopping.ts';
import type { Io } from '../io.ts';
import { checkTargets } from '../target-check.ts';
import { isOnlyHere } from '../target-check/only-here.ts';
import { decidedRegions, flyClient } from './decide-regions.ts';
import { expectedLoad, type ExpectedLoad } from './expected-load.ts';

/** A run on Fly Machines before any of them exists. */
export interface FlyRunDecision {
  readonly config: BenchConfig;
  readonly plan: Plan;
  readonly load: ExpectedLoad;
  /** Of all rounds that the run may come to. */
  readonly costUsd: number;
  /** What a person should know of the regions. */
  readonly notes: readonly string[];
  /** Absent in a dry run without a token: nothing was asked. */
  readonly api?: MachinesApi;
}

/**
 * Decides where a run measures and what it costs; makes nothing. Throws a BenchError (usage) for a region that is
 * retired, and without a token, unless `dry`.
 */
export async function decideFlyRun(
  wanted: BenchConfig,
  dry: boolean,
  io: Io,
): Promise<FlyRunDecision> {
  const api = dry && flyToken(io.env) === undefined ? undefined : flyClient(io);
  if (api !== undefined) refuseLocal(wanted, flyAccess(io.env).baseUrl);
  const { config, notes } = await decidedRegions(wanted, api, io.signal);
  const plan = makePlan(config);
  const most = expectedLoad(longestPlan(config, plan));
  const { totalUsd } = estimateCost({
    ...{ regions: config.regions, size: config.fly.size },
    ...{ measuring: most.seconds, requests: most.requests },
  });
  return {
    config,
    plan,
    load: expectedLoad(plan),
    notes,
    costUsd: totalUsd,
    ...(api === undefined ? {} : { api }),
  };
}

/** What the plan grows to if no median gets narrow enough; nobody is asked again on the way. */
const longestPlan = (config: BenchConfig, plan: Plan): Plan =>
  config.untilCi === undefined
    ? plan
    : makePlan({ ...config, rounds: looks.at(-1) ?? plan.rounds });

/** Finds out what can't be measured before anything is paid for. Throws with every problem at once. */
export async function checkReachable(
  { config, api }: FlyRunDecision,
  note: (text: string) => void,
  io: Io,
): Promise<void> {
  const undeployed = api === undefined ? [] : await notDeployed(config, api, io.signal);
  const { problems, notes } = await checkTargets(urlsOf(config, undeployed), io.signal);
  for (const text of notes) note(text);
  const all = [...undeployed.map(({ problem }) => problem), ...problems];
  if (all.length > 0) throw new ProblemsError(all);
}

/** A machine would measure itself there. Only machines of a rehearsal are on this computer. */
function refuseLocal({ targets }: BenchConfig, baseUrl: string): void {
  if (isLoopback(baseUrl)) return;
  const problems = targets
    .filter(({ url }) => isOnlyHere(url))
    .map(({ name, url }) => ({
      where: `target ${name}`,
      what: `${new URL(url).host} is of this computer or its network, which Machines on Fly can't reach`,
      fix: 'Give the URL that the public uses, or measure without --provider fly.',
    }));
  if (problems.length > 0) throw new ProblemsError(problems);
}

interface Undeployed {
  readonly topology: string;
  readonly problem: Problem;
}

async function notDeployed(
  { topologies, fly: { app, stage } }: BenchConfig,
  api: MachinesApi,
  signal: AbortSignal,
): Promise<Undeployed[]> {
  const found = await Promise.all(
    topologies.map(async ({ name }) => {
      const its = topologyApp(app, name, stage);
      return (await api.app(its, signal)) === undefined ? [{ name, its }] : [];
    }),
  );
  return found.flat().map(({ name, its }) => ({
    topology: name,
    problem: {
      where: '--topologies',
      what: `${name} is not deployed: there is no Fly app ${its}`,
      fix: `Deploy it first: bench deploy --topologies ${name}${stage === undefined ? '' : ` --${stage}`}`,
    },
  }));
}

function urlsOf(
  { targets, topologies, fly }: BenchConfig,
  undeployed: readonly Undeployed[],
): { name: string; url: string }[] {
  const there = topologies.filter(({ name }) => !undeployed.some((u) => u.topology === name));
  return [
    ...targets,
    ...there.map(({ name }) => ({ name, url: topologyUrl({ ...fly, topology: name }) })),
  ];
}
