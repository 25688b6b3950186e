import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runK6Job, type Spawn } from '../../k6/run-job.ts';
import type { Calibrating, Deployment, Provider } from '../provider.ts';
import { calibrate } from './calibrate.ts';
import { startLocalWorld, type LocalWorld } from './local-world.ts';

/** The local world: everything real but the distance. `k6` is the path of the binary. */
export function localProvider(k6: string, seed: number): Provider {
  return {
    name: 'local',
    up: async (request, events, signal) =>
      deploymentOf(await startLocalWorld(request, events, signal, seed), k6),
  };
}

function deploymentOf(world: LocalWorld, k6: string): Deployment & Calibrating {
  const { network, layout } = world;
  return {
    urlOf: (topology, vantage) => {
      const edge = network.ready.edges.find(
        ({ app, region }) => app === topology && region === vantage,
      );
      if (edge === undefined) throw new Error(`no edge of ${topology} in ${vantage}`);
      return `http://127.0.0.1:${edge.port}`;
    },
    launch: (job, progress, signal) =>
      runK6Job(
        k6,
        job,
        join(world.folder, 'k6', job.vantage),
        watchedSpawn(world),
        progress,
        signal,
      ),
    calibrate: (when) => calibrate(when, network.ready.echoes, layout.network.rtt),
    down: () => world.down(),
  };
}

/** k6 in a session of its own: Ctrl-C in the terminal must reach us alone, and should we die, the guard ends it. */
function watchedSpawn({ guard }: LocalWorld): Spawn {
  return (command, args, env) => {
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    guard.watch(child, 'SIGINT');
    return child;
  };
}
