import type { SpoiltTarget } from '../../samples/part-failure.ts';
import type { RegionCode } from '../../world/regions.ts';
import type { Guard } from './guard/guard.ts';
import { primaryOf, type Layout, type PlannedDatabase, type PlannedMachine } from './layout.ts';
import { rttFor } from './network/rtt-for.ts';
import type { WatchedPart } from './watch-parts.ts';
import type { LocalWorld } from './local-world.ts';

/** Every process of a world but the load generators, with what can't be measured without it. */
export function partsOfWorld({
  layout,
  network,
  databases,
  machines,
  guard,
}: Pick<LocalWorld, 'layout' | 'network' | 'databases' | 'machines' | 'guard'>): WatchedPart[] {
  return [
    {
      part: 'The emulated network, with all edges and links,',
      ...{ pid: network.pid, exited: network.ended, log: network.printed, spoils: 'everything' },
    },
    ...databases.map((database) => ({
      part: `The ${database.role} database of ${database.topology} in ${database.region}`,
      ...{ pid: database.pid, exited: database.exited, log: database.log },
      spoils: [spoiltByDatabase(layout, database)],
    })),
    ...machines.map((machine) => ({
      part: `The app of ${machine.topology} in ${machine.region}`,
      ...{ pid: machine.pid, exited: machine.exited, log: machine.log },
      spoils: [spoiltByMachine(layout, machine)],
    })),
    watchdogPart(guard),
  ];
}

/** Nothing is lost with it, unless bench is killed as well. */
export const watchdogPart = ({ pid, ended }: Pick<Guard, 'pid' | 'ended'>): WatchedPart => ({
  part: 'The watchdog, which tidies up should bench be killed,',
  ...{ pid, exited: ended, spoils: [] },
});

/** Without the primary region's machine no write is served; without another, the regions that it is the nearest to. */
function spoiltByMachine(
  layout: Layout,
  { topology, region }: Pick<PlannedMachine, 'topology' | 'region'>,
): SpoiltTarget {
  const own = layout.machines.filter((machine) => machine.topology === topology);
  if (region === primaryOf(layout.databases, topology).region || own.length === 1)
    return { target: topology };
  const regions = own.map((machine) => machine.region);
  const vantages = layout.network.edges
    .filter(({ app }) => app === topology)
    .map((edge) => edge.region)
    .filter((vantage) => nearestOf(layout, topology, vantage, regions) === region);
  return { target: topology, vantages };
}

/** A replica serves the machines that have none nearer, and these the regions that have none nearer. */
function spoiltByDatabase(
  layout: Layout,
  { topology, region, role }: Pick<PlannedDatabase, 'topology' | 'region' | 'role'>,
): SpoiltTarget {
  if (role === 'primary') return { target: topology };
  const regions = layout.databases
    .filter((database) => database.topology === topology)
    .map((database) => database.region);
  const served = layout.machines.filter(
    (machine) =>
      machine.topology === topology &&
      nearestOf(layout, topology, machine.region, regions) === region,
  );
  const spoilt = served.map((machine) => spoiltByMachine(layout, machine));
  if (spoilt.some(({ vantages }) => vantages === undefined)) return { target: topology };
  return { target: topology, vantages: [...new Set(spoilt.flatMap((one) => one.vantages ?? []))] };
}

function nearestOf(
  { network }: Layout,
  topology: string,
  from: RegionCode,
  regions: readonly RegionCode[],
): RegionCode | undefined {
  const distance = (to: RegionCode) =>
    to === from ? 0 : (rttFor(network, topology, from, to) ?? Infinity);
  return [...regions].sort((a, b) => distance(a) - distance(b))[0];
}
