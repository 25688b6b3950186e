import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runK6Job, type Spawn } from '../../k6/run-job.ts';
import type { Calibrating, Deployment, LagWatching, LinkWatching, Provider } from '../provider.ts';
import { startGuard, type Guard } from './guard/guard.ts';
import { startLinkProbe, type LinkProbe } from './link-probe.ts';
import { startLocalWorld, type LocalWorld } from './local-world.ts';
import { watchLag } from './watch-lag.ts';

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
): Deployment & Calibrating & LagWatching & LinkWatching {
  const { network, layout } = world;
  let started: Promise<LinkProbe> | undefined;
  const probe = () =>
    (started ??= startLinkProbe(network.ready.echoes, layout.network, (child) => {
      world.guard.watch(child, 'SIGTERM');
    }));
  return {
    urlOf: (topology, vantage) => {
      const edge = network.ready.edges.find(
        ({ app, region }) => app === topology && region === vantage,
      );
      if (edge === undefined) throw new Error(`no edge of ${topology} in ${vantage}`);
      return `http://127.0.0.1:${edge.port}`;
    },
    launch: launchIn(world.folder, world.guard, k6),
    calibrate: async (when) => (await probe()).calibrate(when),
    watchLinks: (seen) => {
      // Whoever can't be watched is calibrated in vain too, and that is told.
      const watch = probe().then(
        (begun) => begun.watch(seen),
        () => undefined,
      );
      return { stop: async () => (await watch)?.stop() };
    },
    watchLag: () => watchLag(world.databases),
    down: async () => {
      const probing = started?.then(
        (begun) => begun.stop(),
        () => undefined,
      );
      await Promise.all([world.down(), probing]);
    },
  };
}

/** Load generators for deployments that are somewhere else: no world, and no distance to emulate. */
async function vantagesOnly(k6: string): Promise<Deployment> {
  const guard = await startGuard();
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  guard.folder(folder);
  return {
    urlOf: (topology) => {
      throw new Error(`${topology} is not up`);
    },
    launch: launchIn(folder, guard, k6),
    down: async () => {
      await rm(folder, { recursive: true, force: true });
      await guard.release();
    },
  };
}

function launchIn(folder: string, guard: Guard, k6: string): Deployment['launch'] {
  return (job, progress, signal) =>
    runK6Job(k6, job, join(folder, 'k6', job.vantage), watchedSpawn(guard), progress, signal);
}

/** k6 in a session of its own: Ctrl-C in the terminal must reach us alone, and should we die, the guard ends it. */
function watchedSpawn(guard: Guard): Spawn {
  return (command, args, env) => {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    guard.watch(child, 'SIGINT');
    return child;
  };
}
