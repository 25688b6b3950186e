import { ProblemsError, type Problem } from '../../base/errors.ts';
import type { BenchConfig } from '../../config/config.ts';
import { makePlan } from '../../plan/make-plan.ts';
import type { Plan } from '../../plan/plan.ts';
import { topologyApp, topologyUrl } from '../../providers/fly/app-names.ts';
import { isLoopback } from '../../providers/fly/client/loopback.ts';
import type { MachinesApi } from '../../providers/fly/machines-api.ts';
import { firstLook, type FirstLook } from '../first-look.ts';
import type { Io } from '../io.ts';
import { isOnlyHere } from '../target-check/only-here.ts';
import type { FlyConnection } from './connection.ts';
import { decidedRegions } from './decide-regions.ts';
import { expectedSpending, type Spending } from './expected-spending.ts';

/** A run on Fly Machines before any of them exists. */
export interface FlyRunDecision {
  readonly config: BenchConfig;
  readonly plan: Plan;
  readonly spending: Spending;
  /** What a person should know of the regions. */
  readonly notes: readonly string[];
  /** False in a dry run without a token: regions are as this version knows them. */
  readonly isAsked: boolean;
}

/**
 * Decides where a run measures and what it takes; makes nothing. Without a connection nobody is asked. Throws a
 * BenchError (usage) for what can't be measured from there.
 */
export async function decideFlyRun(
  wanted: BenchConfig,
  connection: FlyConnection | undefined,
  signal: AbortSignal,
): Promise<FlyRunDecision> {
  if (connection !== undefined) refuseLocal(wanted, connection.baseUrl);
  const { config, notes } = await decidedRegions(wanted, connection?.api, signal);
  const plan = makePlan(config);
  const spending = expectedSpending(plan, config.fly.size);
  return { config, plan, spending, notes, isAsked: connection !== undefined };
}

/**
 * Finds out what can't be measured before anything is paid for, and decides again without it. Throws with every problem
 * at once if nothing is left, or a topology is not deployed.
 */
export async function checkReachable(
  decision: FlyRunDecision,
  api: MachinesApi,
  io: Io,
): Promise<FlyRunDecision & Pick<FirstLook, 'warnings'>> {
  const undeployed = await notDeployed(decision.config, api, io.signal);
  const { config, warnings } = await firstLook(
    decision.config,
    io,
    urlsOf(decision.config, undeployed),
    undeployed.map(({ problem }) => problem),
  );
  const plan = makePlan(config);
  return {
    ...{ ...decision, config, plan, warnings },
    spending: expectedSpending(plan, config.fly.size),
  };
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
