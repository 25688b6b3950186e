import { setTimeout as pause } from 'node:timers/promises';
import { LeftBehind, messageOf } from '../../base/errors.ts';
import type { Deployment, Preparing, Provider, ProviderEvents } from '../provider.ts';
import { topologyUrl, type Stage } from './app-names.ts';
import { ensureApp } from './ensure-app.ts';
import { Fleet } from './fleet.ts';
import type { MachinesApi } from './machines-api.ts';
import { destroyRun } from './reap.ts';
import type { ObjectStorage } from './storage/object-storage.ts';

/** Where and as what the k6 Machines of one run live. Client and storage are the caller's, who closes them. */
export interface FlyRun {
  readonly api: MachinesApi;
  readonly runId: string;
  /** The app that holds the machines; made in `org` if it is not there. */
  readonly app: string;
  readonly org?: string;
  /** Preset of the machines: `performance-2x`. */
  readonly size: string;
  /** How the topologies' apps are reached. */
  readonly via: 'public' | 'private';
  readonly stage?: Stage;
  /** Where many samples are brought home by; all of them through the Machines API without it. */
  readonly storage?: ObjectStorage;
}

/** Time that jobs get to bring their rows home once the run is to end. */
const farewellMs = 25_000;

/** Fly Machines as vantages, one k6 in each; topologies are those that `bench deploy` put there. */
export function flyProvider(run: FlyRun): Provider {
  return {
    name: 'fly',
    up: async (_request, events, signal) => {
      await ensureApp(run.api, run.app, run.org, signal);
      return deploymentOf(run, events);
    },
  };
}

function deploymentOf(run: FlyRun, events: ProviderEvents): Deployment & Preparing {
  const fleet = new Fleet(run, events);
  const underWay = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled: Promise<unknown> = work.then(
      () => underWay.delete(settled),
      () => underWay.delete(settled),
    );
    underWay.add(settled);
    return work;
  };
  let downed: Promise<void> | undefined;
  const takeDown = async () => {
    await Promise.race([Promise.all(underWay), pause(farewellMs, undefined, { ref: false })]);
    await fleet.end();
    try {
      await destroyMachines(run);
    } finally {
      if (run.storage !== undefined) await emptied(run.storage, events);
    }
  };
  return {
    urlOf: (topology, vantage) => topologyUrl({ ...run, topology, region: vantage }),
    get leadMs() {
      return fleet.leadMs();
    },
    machines: () => fleet.machines(),
    prepare: async (jobs, signal) => {
      const missing = fleet.missing(jobs);
      if (missing.length === 0) return;
      const done = events.step(`Launching ${machinesOf(missing.length)}`);
      await track(fleet.launch(missing, signal));
      done(readiness(fleet));
    },
    launch: (job, progress, signal) => track(fleet.runJob(job, progress, signal)),
    down: () => (downed ??= takeDown()),
  };
}

/** Only now: a machine that lives may still upload what it was asked to. */
async function emptied(storage: ObjectStorage, events: ProviderEvents): Promise<void> {
  try {
    await storage.removeAll();
  } catch (error) {
    events.step(`Removing what was uploaded to ${storage.place}`)(`failed, ${messageOf(error)}`);
  }
}

async function destroyMachines({ api, app, runId }: FlyRun): Promise<void> {
  try {
    await destroyRun(api, app, runId);
  } catch (error) {
    throw new LeftBehind(
      `Machines of this run may be left in the Fly app ${app}: ${messageOf(error)}`,
      `Destroy them with \`bench clean\` as soon as Fly lets you; they cost money until their own time is up.`,
      { cause: error },
    );
  }
}

const machinesOf = (n: number): string => `${String(n)} Fly ${n === 1 ? 'Machine' : 'Machines'}`;

/** `4 ready, clocks within 12 ms`, and whom there is none for. */
function readiness(fleet: Fleet): string {
  const machines = fleet.machines();
  const offsets = machines.flatMap(({ clock }) => (clock === undefined ? [] : [clock.offsetMs]));
  const spread = Math.max(...offsets) - Math.min(...offsets);
  return [
    `${String(machines.length)} ready`,
    ...(offsets.length > 1 ? [`clocks within ${spread.toFixed(0)} ms`] : []),
    ...[...fleet.failures()].map(([vantage, reason]) => `none in ${vantage} (${reason})`),
  ].join(', ');
}
