import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError } from '../../base/errors.ts';
import { appArguments } from './app-process.ts';
import { spawnWatched, stopChild, type WatchedChild } from './children.ts';
import { databaseName } from './databases.ts';
import type { Guard } from './guard/guard.ts';
import { secretUrl, type Credentials } from './postgres/credentials.ts';
import type { RegionCode } from '../../world/regions.ts';
import type { World } from '../../world/world.ts';
import {
  databasesFor,
  queryTunnel,
  type Layout,
  type PlannedDatabase,
  type PlannedMachine,
} from './layout.ts';

/** Port of a tunnel by its id. */
export type TunnelPort = (id: string) => number;

/** The environment of a machine, as Fly would set it, and the table behind its private network's names. */
export function machineEnvironment(
  machine: PlannedMachine,
  layout: Layout,
  world: World,
  primary: RegionCode,
  credentials: Credentials,
  tunnelPort: TunnelPort,
): Record<string, string> {
  const replay = layout.placements.find(({ topology }) => topology.name === machine.topology)
    ?.topology.app.replay;
  const databases = databasesFor(world, layout.databases, machine);
  const reach = (database: PlannedDatabase): number =>
    database.region === machine.region
      ? database.port
      : tunnelPort(queryTunnel(machine.region, database));
  const host = `${machine.topology}-db.internal`;
  return {
    FLY_APP_NAME: machine.topology,
    FLY_REGION: machine.region,
    FLY_MACHINE_ID: machine.id,
    PRIMARY_REGION: primary,
    PORT: String(machine.port),
    HOST: '127.0.0.1',
    NODE_ENV: 'production',
    // Only the same user can read the environment of a process.
    DATABASE_URL: secretUrl(credentials, 'app', { host, port: 5432, database: databaseName }),
    ...(replay === true ? {} : { REPLAY: 'off' }),
    PRIVATE_NETWORK: JSON.stringify({
      [`${host}:5432`]: reach(databases.primary),
      [`top1.nearest.of.${host}:5433`]: reach(databases.closest),
    }),
  };
}

/** An app process that answers. */
export interface Machine extends PlannedMachine {
  readonly pid: number;
  readonly url: string;
  /** The file that has what it prints. */
  readonly log: string;
  readonly exited: WatchedChild['exited'];
  stop(): Promise<void>;
}

/** Starts one machine and waits for its health check; `started` hears of it as soon as it exists. */
export async function startMachine(
  planned: PlannedMachine,
  env: Readonly<Record<string, string>>,
  folder: string,
  guard: Guard,
  signal: AbortSignal,
  started: (machine: Machine) => void,
): Promise<void> {
  const child = await spawnWatched(guard, process.execPath, appArguments(), {
    endSignal: 'SIGTERM',
    log: join(folder, `${planned.topology}-${planned.region}.log`),
    env: childEnvironment('app', { TZ: 'UTC', ...env }),
  });
  started({
    ...planned,
    pid: child.pid,
    log: child.log,
    url: `http://127.0.0.1:${planned.port}`,
    exited: child.exited,
    stop: async () => {
      await stopChild(child, [{ signal: 'SIGTERM', graceMs: 600 }]);
    },
  });
  await waitUntilHealthy(planned, child, signal);
}

const healthTimeoutMs = 60_000;

async function waitUntilHealthy(
  machine: PlannedMachine,
  child: WatchedChild,
  signal: AbortSignal,
): Promise<void> {
  const url = `http://127.0.0.1:${machine.port}/healthz`;
  const deadline = Date.now() + healthTimeoutMs;
  while (!(await answers(url))) {
    signal.throwIfAborted();
    if (hasEnded(child.process) || Date.now() > deadline) throw await notUp(machine, child.log);
    await sleep(40);
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function notUp({ topology, region }: PlannedMachine, log: string): Promise<BenchError> {
  const said = await readFile(log, 'utf8').catch(() => '');
  const which = `The app of ${topology} in ${region}`;
  if (said.includes('EADDRINUSE'))
    return new BenchError(
      'fault',
      `${which} did not come up: its port is taken by another program.`,
      'Run it again: it takes other ports.',
    );
  return new BenchError(
    'fault',
    `${which} did not come up: ${said.trim().split('\n').slice(-3).join(' ')}`,
    'Run bench doctor, and report this if it finds nothing.',
  );
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
