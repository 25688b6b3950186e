import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../../base/errors.ts';
import { describeEnd, type ProcessEnd } from '../../base/exit-words.ts';
import type { ProviderEvents, WorldRequest } from '../provider.ts';
import {
  makeClusters,
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
import { findPostgres } from './postgres/find.ts';
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
  /** For logs and data; it goes with the world. */
  readonly folder: string;
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
    const home = { install, layout, folder, guard, signal };
    const network = await bringUp(request, home, parts, events);
    return { layout, network, guard, folder, databases, machines, down };
  } catch (error) {
    await down();
    throw error;
  }
}

/** Connections break a moment before the end of the process behind them is known. */
const newsMs = 300;

/** What is up so far: all of it must come down again. */
interface Parts {
  network: Network | undefined;
  readonly databases: Database[];
  readonly machines: Machine[];
}

async function bringUp(
  request: WorldRequest,
  home: DatabaseHome,
  parts: Parts,
  events: ProviderEvents,
): Promise<Network> {
  const { layout } = home;
  const network = await startNetwork(layout.network);
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
  home: DatabaseHome,
  parts: Parts,
  events: ProviderEvents,
  mustLive: MustLive,
): Promise<void> {
  const { layout, folder, guard, signal } = home;
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
    (stop) => waitUntilStreaming(layout, stop),
    ...layout.machines.map((machine) => (stop: AbortSignal) => {
      const env = machineEnvironment(machine, layout, request.world, request.primary, tunnelPort);
      return startMachine(machine, env, folder, guard, stop, (started) =>
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
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await guard.release();
}
