import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../../base/errors.ts';
import { describeEnd, newsMs, type ProcessEnd } from '../../base/exit-words.ts';
import type { ProviderEvents, WorldRequest } from '../provider.ts';
import {
  makeClusters,
  passwordFileIn,
  startDatabases,
  waitUntilStreaming,
  type Database,
  type DatabaseHome,
} from './databases.ts';
import { freePorts } from './free-ports.ts';
import { startGuard, type Guard } from './guard/guard.ts';
import { layOut, portsNeeded, type Layout } from './layout.ts';
import { machineEnvironment, startMachine, type Machine } from './machines.ts';
import { startNetwork, type Network } from './network.ts';
import { makeCredentials } from './postgres/credentials.ts';
import { findPostgres } from './postgres/find.ts';
import { removeServerLeftovers } from './postgres/server-leftovers.ts';
import { tempFolder } from './postgres/temp-folder.ts';
import { isPortTaken } from './postgres/trouble.ts';
import { together } from './together.ts';
import { lastLineOf, type WatchedPart } from './watch-parts.ts';

/** A world whose processes are all up. */
export interface LocalWorld {
  readonly layout: Layout;
  readonly network: Network;
  readonly databases: readonly Database[];
  readonly machines: readonly Machine[];
  readonly guard: Guard;
  /** For logs and the load generators, closed to others; it goes with the world. */
  readonly folder: string;
  /** The file with the password of the apps' role in the databases. */
  readonly passwordFile: string;
  /** Ends every process and removes the folder; safe to call twice. */
  down(): Promise<void>;
}

/** Between choosing a free port and listening on it another program may take it. */
const attempts = 3;

/** Brings everything up, or throws with nothing left behind. */
export async function startLocalWorld(
  request: WorldRequest,
  events: ProviderEvents,
  signal: AbortSignal,
  seed: number,
): Promise<LocalWorld> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(request, events, signal, seed);
    } catch (error) {
      if (attempt === attempts || !isPortTaken(error)) throw error;
    }
  }
}

async function startOnce(
  request: WorldRequest,
  events: ProviderEvents,
  signal: AbortSignal,
  seed: number,
): Promise<LocalWorld> {
  const layout = layOut(request, await freePorts(portsNeeded(request)), seed);
  const install = await findPostgres();
  const guard = await startGuard();
  const folder = await tempFolder(install);
  guard.folder(folder);
  const parts: Parts = { network: undefined, databases: [], machines: [] };
  let downed: Promise<void> | undefined;
  const down = () => (downed ??= takeDown(parts, guard, folder));
  const { databases, machines } = parts;
  try {
    // The user who runs Postgres passes through the folder, and so may others; not into this one.
    const own = join(folder, 'own');
    await mkdir(own, { mode: 0o700 });
    const home = { install, layout, folder, own, credentials: makeCredentials(), guard, signal };
    const network = await bringUp(request, home, parts, events);
    const passwordFile = passwordFileIn(folder);
    return { layout, network, guard, folder: own, passwordFile, databases, machines, down };
  } catch (error) {
    await down();
    throw error;
  }
}

/** What is up so far: all of it must come down again. */
interface Parts {
  network: Network | undefined;
  readonly databases: Database[];
  readonly machines: Machine[];
}

/** Where a world lives; `own` is the part of its folder that nobody else may enter. */
interface Home extends DatabaseHome {
  readonly own: string;
}

async function bringUp(
  request: WorldRequest,
  home: Home,
  parts: Parts,
  events: ProviderEvents,
): Promise<Network> {
  const { layout, guard } = home;
  const network = await startNetwork(layout.network, (child) => {
    guard.watch(child, 'SIGTERM');
  });
  parts.network = network;
  const dying = new AbortController();
  const signal = AbortSignal.any([home.signal, dying.signal]);
  const mustLive: MustLive = (name, exited, log) =>
    void exited.then((end) => {
      dying.abort(diedEarly(name, end, log));
    });
  mustLive('The emulated network', network.ended, network.printed);
  try {
    await bringUpBehind(network, request, { ...home, signal }, parts, events, mustLive);
  } catch (error) {
    await sleep(newsMs);
    // Of two troubles the one that the other comes from.
    dying.signal.throwIfAborted();
    throw error;
  }
  return network;
}

type MustLive = (name: string, exited: Promise<ProcessEnd>, log: WatchedPart['log']) => void;

async function bringUpBehind(
  network: Network,
  request: WorldRequest,
  home: Home,
  parts: Parts,
  events: ProviderEvents,
  mustLive: MustLive,
): Promise<void> {
  const { layout, own, credentials, guard, signal } = home;
  const tunnelPort = (id: string): number => {
    const port = network.ready.tunnels.find((tunnel) => tunnel.id === id)?.port;
    if (port === undefined) throw new Error(`no tunnel ${id}`);
    return port;
  };
  const made = events.step('Making and seeding the database');
  await makeClusters(home);
  made();
  const databases = events.step('Starting the databases');
  await startDatabases(home, tunnelPort, (database) => {
    parts.databases.push(database);
    const { role, topology, region, exited, log } = database;
    mustLive(`The ${role} database of ${topology} in ${region}`, exited, log);
  });
  databases(countOf(layout.databases));
  signal.throwIfAborted();
  const machines = events.step('Starting the app machines');
  await together(signal, [
    (stop) => waitUntilStreaming(home, stop),
    ...layout.machines.map((machine) => (stop: AbortSignal) => {
      const { world, primary } = request;
      const env = machineEnvironment(machine, layout, world, primary, credentials, tunnelPort);
      return startMachine(machine, env, own, guard, stop, (started) =>
        parts.machines.push(started),
      );
    }),
  ]);
  signal.throwIfAborted();
  machines(`${layout.machines.length}, and ${layout.network.edges.length} edges`);
}

const diedEarly = (name: string, end: ProcessEnd, log: WatchedPart['log']): BenchError => {
  const last = lastLineOf(log);
  return new BenchError(
    'fault',
    `${name} ${describeEnd(end)} while the world was started${last === undefined ? '' : `; its last line: ${last}`}.`,
    'Run it again; bench doctor looks for what this machine lacks.',
  );
};

/** `3 primaries, 1 replica`; what there is none of is not named. */
function countOf(databases: Layout['databases']): string {
  const counted = (role: 'primary' | 'replica', one: string, many: string): string[] => {
    const n = databases.filter((database) => database.role === role).length;
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`];
  };
  return [
    ...counted('primary', 'primary', 'primaries'),
    ...counted('replica', 'replica', 'replicas'),
  ].join(', ');
}

async function takeDown(parts: Parts, guard: Guard, folder: string): Promise<void> {
  await Promise.allSettled([
    ...parts.machines.map((machine) => machine.stop()),
    ...parts.databases.map((database) => database.stop()),
    parts.network?.stop(),
  ]);
  await removeServerLeftovers(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await guard.release();
}
