import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runK6Job, type Spawn } from '../../k6/run-job.ts';
import type { PartFailure } from '../../samples/part-failure.ts';
import type {
  Calibrating,
  Deployment,
  LagWatching,
  LinkWatching,
  PartWatching,
  Provider,
} from '../provider.ts';
import { startGuard, type Guard } from './guard/guard.ts';
import { lastingProbe } from './lasting-probe.ts';
import { startLinkProbe } from './link-probe.ts';
import { startLocalWorld, type LocalWorld } from './local-world.ts';
import { partsOfWorld, watchdogPart } from './parts-of-world.ts';
import { watchLag } from './watch-lag.ts';
import { watchParts, type PartWatch, type WatchedPart } from './watch-parts.ts';

/** The local world: everything real but the distance. `k6` is the path of the binary. */
export function localProvider(k6: string, seed: number): Provider {
  return {
    name: 'local',
    up: async (request, events, signal) =>
      request.topologies.length === 0
        ? vantagesOnly(k6)
        : deploymentOf(await startLocalWorld(request, events, signal, seed), k6),
  };
}

function deploymentOf(
  world: LocalWorld,
  k6: string,
): Deployment & Calibrating & LagWatching & LinkWatching & PartWatching {
  const { network, layout } = world;
  const probes = lastingProbe(() =>
    startLinkProbe(network.ready.echoes, layout.network, (child) => {
      world.guard.watch(child, 'SIGTERM');
    }),
  );
  const parts = new LocalParts(partsOfWorld(world));
  return {
    isHere: true,
    urlOf: (topology, vantage) => {
      const edge = network.ready.edges.find(
        ({ app, region }) => app === topology && region === vantage,
      );
      if (edge === undefined) throw new Error(`no edge of ${topology} in ${vantage}`);
      return `http://127.0.0.1:${edge.port}`;
    },
    launch: launchIn(world.folder, world.guard, k6, parts),
    calibrate: async (when) => (await probes.get()).calibrate(when),
    watchLinks: (seen) => probes.watch(seen),
    watchLag: () => watchLag(world.databases),
    watchParts: (failed) => {
      const watch = parts.watch(failed);
      probes.started((probe) => {
        const { pid, ended: exited } = probe;
        watch.add({ part: 'The process that probes the links', spoils: [], pid, exited });
      });
      return watch;
    },
    down: async () => {
      await Promise.all([world.down(), probes.stop()]);
    },
  };
}

/** Load generators for deployments that are somewhere else: no world, and no distance to emulate. */
async function vantagesOnly(k6: string): Promise<Deployment & PartWatching> {
  const guard = await startGuard();
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  guard.folder(folder);
  const parts = new LocalParts([watchdogPart(guard)]);
  return {
    isHere: true,
    urlOf: (topology) => {
      throw new Error(`${topology} is not up`);
    },
    launch: launchIn(folder, guard, k6, parts),
    watchParts: (failed) => parts.watch(failed),
    down: async () => {
      await rm(folder, { recursive: true, force: true });
      await guard.release();
    },
  };
}

/** The processes of a deployment that are watched: those of its world, and its load generators while they run. */
class LocalParts {
  private readonly lasting: readonly WatchedPart[];
  private readonly generators = new Set<WatchedPart>();
  private current: PartWatch | undefined;

  constructor(lasting: readonly WatchedPart[]) {
    this.lasting = lasting;
  }

  watch(failed: (failure: PartFailure) => void): PartWatch {
    return (this.current = watchParts([...this.lasting, ...this.generators], failed));
  }

  /** How a load generator ends is the outcome of its job; that it stands still is not. */
  generator(vantage: string, child: ChildProcess): void {
    const part = { part: `k6 in ${vantage}`, pid: child.pid ?? 0, spoils: [] };
    this.generators.add(part);
    this.current?.add(part);
    child.once('exit', () => {
      this.generators.delete(part);
      this.current?.forget(part);
    });
  }
}

function launchIn(
  folder: string,
  guard: Guard,
  k6: string,
  parts: LocalParts,
): Deployment['launch'] {
  return (job, progress, signal) => {
    // k6 in a session of its own: Ctrl-C in the terminal must reach us alone, and should we die, the guard ends it.
    const spawnWatchedK6: Spawn = (command, args, env) => {
      const stdio = ['ignore', 'pipe', 'pipe'] as const;
      const child = spawn(command, args, { env, detached: true, stdio: [...stdio] });
      guard.watch(child, 'SIGINT');
      parts.generator(job.vantage, child);
      return child;
    };
    return runK6Job(k6, job, join(folder, 'k6', job.vantage), spawnWatchedK6, progress, signal);
  };
}
