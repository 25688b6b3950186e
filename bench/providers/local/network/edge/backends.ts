import { Pool } from 'undici';
import type { RegionCode } from '../../../../world/regions.ts';
import { LinkSocket } from '../link-socket.ts';
import type { Link } from '../link.ts';
import type { MachineAddress } from '../protocol.ts';

/** No connection to the machine could be opened: nothing of the request has reached it. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
}

/** Longer than the gaps between a run's blocks, so that connections once opened stay warm. */
const keepAliveMs = 90_000;

/** The kept-alive connections of one edge, to each machine over the link to its region. */
export class Backends {
  readonly #linkTo: (region: RegionCode) => Link;
  readonly #pools = new Map<string, Pool>();

  constructor(linkTo: (region: RegionCode) => Link) {
    this.#linkTo = linkTo;
  }

  to(machine: MachineAddress): Pool {
    const found = this.#pools.get(machine.id);
    if (found !== undefined) return found;
    const pool = openPool(machine, this.#linkTo(machine.region));
    this.#pools.set(machine.id, pool);
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }
}

/** A connection carries one request at a time; as many are opened as are needed at once. */
function openPool(machine: MachineAddress, link: Link): Pool {
  return new Pool('http://machine', {
    pipelining: 1,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: 10 * keepAliveMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_, opened) => {
      const socket = new LinkSocket(link, machine.port);
      const refused = (error: Error): void => {
        opened(new NotOpened(error.message, { cause: error }), null);
      };
      socket.once('error', refused);
      socket.once('connect', () => {
        socket.off('error', refused);
        // undici asks a socket for no more than a duplex stream can do.
        opened(null, socket as unknown as Parameters<typeof opened>[1] & LinkSocket);
      });
    },
  });
}
