import { seededRandom } from '../../base/random.ts';
import { place, type Placement } from '../../topologies/topology.ts';
import { pairKey, type RegionCode } from '../../world/regions.ts';
import { nearest, type World } from '../../world/world.ts';
import type { WorldRequest } from '../provider.ts';
import type { NetworkConfig } from './network/protocol.ts';

/** A database server of the world; `from` is the region it replicates from, none for a primary. */
export interface PlannedDatabase {
  readonly topology: string;
  readonly region: RegionCode;
  readonly role: 'primary' | 'replica';
  readonly port: number;
}

/** An app process of the world. */
export interface PlannedMachine {
  readonly id: string;
  /** Its Fly app: the topology's name. */
  readonly topology: string;
  readonly region: RegionCode;
  readonly port: number;
}

/** Every process of a local world and how they reach each other, decided before any of it exists. */
export interface Layout {
  readonly placements: readonly Placement[];
  readonly databases: readonly PlannedDatabase[];
  readonly machines: readonly PlannedMachine[];
  readonly network: NetworkConfig;
}

/** How many ports {@link layOut} takes. */
export function portsNeeded(request: WorldRequest): number {
  return placementsOf(request).reduce(
    (sum, { machines, replicas }) => sum + machines.length + 1 + replicas.length,
    0,
  );
}

/** Decides the whole world; takes its ports from `ports` in order. */
export function layOut(request: WorldRequest, ports: readonly number[], seed: number): Layout {
  const placements = placementsOf(request);
  const random = seededRandom(seed).fork('machines');
  const free = [...ports];
  const port = (): number => {
    const next = free.shift();
    if (next === undefined) throw new Error('too few ports');
    return next;
  };
  const databases = placements.flatMap((placement) => databasesOf(placement, port));
  const machines = placements.flatMap(({ topology, machines: regions }) =>
    regions.map((region) => ({
      id: Array.from({ length: 14 }, () => random.int(0, 15).toString(16)).join(''),
      topology: topology.name,
      region,
      port: port(),
    })),
  );
  const network = networkOf(request, placements, databases, machines, seed);
  return { placements, databases, machines, network };
}

const placementsOf = ({ topologies, world, primary }: WorldRequest): Placement[] =>
  topologies.map((topology) =>
    place(
      topology,
      world.regions.map(({ code }) => code),
      primary,
    ),
  );

function databasesOf(
  { topology, primary, replicas }: Placement,
  port: () => number,
): PlannedDatabase[] {
  const database = (region: RegionCode, role: PlannedDatabase['role']): PlannedDatabase => ({
    topology: topology.name,
    region,
    role,
    port: port(),
  });
  return [database(primary, 'primary'), ...replicas.map((region) => database(region, 'replica'))];
}

function networkOf(
  { world, primary, worldsOf = new Map<string, World>() }: WorldRequest,
  placements: readonly Placement[],
  databases: readonly PlannedDatabase[],
  machines: readonly PlannedMachine[],
  seed: number,
): NetworkConfig {
  const codes = world.regions.map(({ code }) => code);
  const pairs = codes.flatMap((from) =>
    codes.filter((to) => to !== from).map((to) => ({ from, to })),
  );
  const rttIn = (place: World) =>
    Object.fromEntries(pairs.map(({ from, to }) => [pairKey(from, to), place.rtt(from, to)]));
  const own = [...worldsOf].flatMap(([app, place]) =>
    pairs
      .filter(({ from, to }) => place.rtt(from, to) !== world.rtt(from, to))
      .map((pair) => ({ app, ...pair })),
  );
  return {
    rtt: rttIn(world),
    rttOf: Object.fromEntries([...worldsOf].map(([app, place]) => [app, rttIn(place)])),
    jitterMs: 0,
    seed,
    machines: machines.map(({ id, topology, region, port }) => ({
      id,
      app: topology,
      region,
      port,
    })),
    edges: placements.flatMap(({ topology }) =>
      codes.map((region) => ({ app: topology.name, region, primary })),
    ),
    tunnels: [...queryTunnels(world, databases, machines), ...replicationTunnels(databases)],
    // An app's own links are proved too.
    echoes: [...pairs, ...own],
  };
}

/** The tunnel by which machines of a region reach a database of their topology. */
export const queryTunnel = (from: RegionCode, to: PlannedDatabase): string =>
  `query ${to.topology} ${from}-${to.region}`;

/** The tunnel that carries a replica's WAL stream. */
export const replicationTunnel = ({ topology, region }: PlannedDatabase): string =>
  `wal ${topology} ${region}`;

function queryTunnels(
  world: World,
  databases: readonly PlannedDatabase[],
  machines: readonly PlannedMachine[],
): NetworkConfig['tunnels'] {
  return machines.flatMap((machine) => {
    const { primary, closest } = databasesFor(world, databases, machine);
    return [...new Set([primary, closest])]
      .filter((database) => database.region !== machine.region)
      .map((database) => ({
        id: queryTunnel(machine.region, database),
        app: machine.topology,
        from: machine.region,
        to: database.region,
        targetPort: database.port,
      }));
  });
}

/** The WAL stream crosses the ocean too: from the replica's region to the primary's. */
function replicationTunnels(databases: readonly PlannedDatabase[]): NetworkConfig['tunnels'] {
  return databases
    .filter(({ role }) => role === 'replica')
    .map((replica) => {
      const primary = primaryOf(databases, replica.topology);
      return {
        id: replicationTunnel(replica),
        app: replica.topology,
        from: replica.region,
        to: primary.region,
        targetPort: primary.port,
      };
    });
}

export function primaryOf(
  databases: readonly PlannedDatabase[],
  topology: string,
): PlannedDatabase {
  const found = databases.find((d) => d.topology === topology && d.role === 'primary');
  if (found === undefined) throw new Error(`no primary database in ${topology}`);
  return found;
}

/** The two databases that a machine may talk to: the writer, and the nearest member. */
export function databasesFor(
  world: World,
  databases: readonly PlannedDatabase[],
  machine: PlannedMachine,
): { primary: PlannedDatabase; closest: PlannedDatabase } {
  const own = databases.filter(({ topology }) => topology === machine.topology);
  const [region] = nearest(
    world,
    machine.region,
    own.map((database) => database.region),
  );
  const primary = primaryOf(databases, machine.topology);
  return { primary, closest: own.find((database) => database.region === region) ?? primary };
}
