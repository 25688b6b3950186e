import { createServer, type Server } from 'node:net';
import { seededRandom } from '../../../base/random.ts';
import type { RegionCode } from '../../../world/regions.ts';
import { DueTimes } from './due-times.ts';
import { Backends } from './edge/backends.ts';
import { makeEdge } from './edge/edge.ts';
import { Health } from './edge/health.ts';
import { makeLink, type Link } from './link.ts';
import { listen } from './listen.ts';
import type { NetworkConfig, NetworkReady } from './protocol.ts';
import { rttFor } from './rtt-for.ts';
import { makeTunnel } from './tunnel.ts';

/** Bytes of a request that can be replayed, as Fly documents it. */
const replayLimit = 2 ** 20;

/** A network whose servers listen. */
export interface OpenNetwork {
  readonly ready: NetworkReady;
  close(): Promise<void>;
}

/** What must be closed in the end, in the order in which it was opened. */
type Closing = (() => unknown)[];

/** Makes everything of the configuration listen; rejects if something can't. */
export async function openNetwork(config: NetworkConfig): Promise<OpenNetwork> {
  const dueTimes = new DueTimes();
  const closing: Closing = [];
  const links = linksOf(config, dueTimes);
  const ready = await openAll(config, links, closing);
  return {
    ready,
    close: async () => {
      await Promise.all(closing.map((close) => close()));
      await dueTimes.close();
    },
  };
}

type LinkOf = (from: RegionCode, to: RegionCode, app?: string) => Link;

function linksOf(config: NetworkConfig, dueTimes: DueTimes): LinkOf {
  const { jitterMs, seed } = config;
  const random = seededRandom(seed).fork('jitter');
  return (from, to, app = '') => {
    if (from === to) return makeLink(dueTimes, 0, 0, random);
    const rttMs = rttFor(config, app, from, to);
    if (rttMs === undefined) throw new Error(`no round-trip time between ${from} and ${to}`);
    return makeLink(dueTimes, rttMs, jitterMs, random);
  };
}

async function openAll(
  config: NetworkConfig,
  linkOf: LinkOf,
  closing: Closing,
): Promise<NetworkReady> {
  const tunnel = (link: Link, targetPort: number): Promise<number> =>
    open(makeTunnel(link, targetPort), closing);
  const echo = await open(makeEcho(), closing);
  const tunnels = config.tunnels.map(async ({ id, app, from, to, targetPort }) => ({
    id,
    port: await tunnel(linkOf(from, to, app), targetPort),
  }));
  const echoes = config.echoes.map(async (link) => ({
    ...link,
    port: await tunnel(linkOf(link.from, link.to, link.app), echo),
  }));
  return {
    type: 'ready',
    edges: await Promise.all(openEdges(config, linkOf, closing)),
    tunnels: await Promise.all(tunnels),
    echoes: await Promise.all(echoes),
  };
}

function openEdges(
  config: NetworkConfig,
  linkOf: LinkOf,
  closing: Closing,
): Promise<NetworkReady['edges'][number]>[] {
  const random = seededRandom(config.seed);
  const health = new Health();
  health.watch(config.machines, random.fork('health'));
  closing.push(() => {
    health.close();
  });
  return config.edges.map(async ({ app, region }) => {
    const ties = random.fork(`ties:${app}:${region}`);
    const surroundings = {
      machines: config.machines,
      health: (id: string) => health.of(id),
      distance: (to: RegionCode) => linkOf(region, to, app).rttMs,
      tie: () => ties.float(),
    };
    const backends = new Backends((to) => linkOf(region, to, app));
    closing.push(() => backends.close());
    const edge = makeEdge(app, region, { surroundings, backends, health, replayLimit });
    return { app, region, port: await open(edge, closing) };
  });
}

async function open(server: Server, closing: Closing): Promise<number> {
  closing.push(() => server.close());
  return listen(server);
}

/** Sends everything back at once: the far end of the links that are calibrated. */
function makeEcho(): Server {
  return createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
}
