import { createServer, type Server } from 'node:net';
import { seededRandom } from '../../../base/random.ts';
import { pairKey, type RegionCode } from '../../../world/regions.ts';
import { DueTimes } from './due-times.ts';
import { Backends } from './edge/backends.ts';
import { makeEdge } from './edge/edge.ts';
import { Health } from './edge/health.ts';
import { makeLink, type Link } from './link.ts';
import { listen } from './listen.ts';
import type { NetworkConfig, NetworkReady } from './protocol.ts';
import { makeTunnel } from './tunnel.ts';

/** Bytes of a request that can be replayed, as Fly documents it. */
const replayLimit = 2 ** 20;

/** Makes everything of the configuration listen; rejects if something can't. */
export async function openNetwork(config: NetworkConfig): Promise<NetworkReady> {
  const dueTimes = new DueTimes();
  const linkOf = linksOf(config, dueTimes);
  const echo = await listen(makeEcho());
  return {
    type: 'ready',
    edges: await openEdges(config, linkOf),
    tunnels: await Promise.all(
      config.tunnels.map(async ({ id, from, to, targetPort }) => ({
        id,
        port: await listen(makeTunnel(linkOf(from, to), targetPort)),
      })),
    ),
    echoes: await Promise.all(
      config.echoes.map(async ({ from, to }) => ({
        from,
        to,
        port: await listen(makeTunnel(linkOf(from, to), echo)),
      })),
    ),
  };
}

type LinkOf = (from: RegionCode, to: RegionCode) => Link;

function linksOf({ rtt, jitterMs, seed }: NetworkConfig, dueTimes: DueTimes): LinkOf {
  const random = seededRandom(seed).fork('jitter');
  return (from, to) => {
    if (from === to) return makeLink(dueTimes, 0, 0, random);
    const rttMs = rtt[pairKey(from, to)];
    if (rttMs === undefined) throw new Error(`no round-trip time between ${from} and ${to}`);
    return makeLink(dueTimes, rttMs, jitterMs, random);
  };
}

async function openEdges(config: NetworkConfig, linkOf: LinkOf): Promise<NetworkReady['edges']> {
  const random = seededRandom(config.seed);
  const health = new Health();
  health.watch(config.machines, random.fork('health'));
  return Promise.all(
    config.edges.map(async ({ app, region }) => {
      const ties = random.fork(`ties:${app}:${region}`);
      const surroundings = {
        machines: config.machines,
        health: (id: string) => health.of(id),
        distance: (to: RegionCode) => linkOf(region, to).rttMs,
        tie: () => ties.float(),
      };
      const backends = new Backends((to) => linkOf(region, to));
      const edge = makeEdge(app, region, { surroundings, backends, health, replayLimit });
      return { app, region, port: await listen(edge) };
    }),
  );
}

/** Sends everything back at once: the far end of the links that are calibrated. */
function makeEcho(): Server {
  return createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
}
