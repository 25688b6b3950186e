import type { Millis } from '../../../../base/units.ts';
import type { RegionCode } from '../../../../world/regions.ts';
import type { MachineAddress } from '../protocol.ts';

/** Where a request wants to go: by the client's headers or a machine's replay. */
export interface Wish {
  readonly app: string;
  /** In this order; `force`: nowhere else. */
  readonly regions?: { readonly codes: readonly RegionCode[]; readonly force: boolean } | undefined;
  readonly instance?: { readonly id: string; readonly force: boolean } | undefined;
  /** The machine that asked to be left out. */
  readonly avoid?: string | undefined;
}

/** `failing`: its health check fails, it gets nothing. `suspect`: it just broke a connection, it comes last. */
export type MachineHealth = 'healthy' | 'suspect' | 'failing';

export interface Surroundings {
  readonly machines: readonly MachineAddress[];
  health(id: string): MachineHealth;
  /** Round trip from the edge. */
  distance(region: RegionCode): Millis;
  /** In [0, 1): decides between equals. */
  tie(): number;
}

/** The machines that may get the request, best first. */
export function rankMachines(wish: Wish, around: Surroundings): MachineAddress[] {
  return around.machines
    .filter((machine) => mayServe(machine, wish) && around.health(machine.id) !== 'failing')
    .map((machine) => ({ machine, key: keyOf(machine, wish, around) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ machine }) => machine);
}

function mayServe(machine: MachineAddress, { app, regions, instance, avoid }: Wish): boolean {
  if (machine.app !== app || machine.id === avoid) return false;
  if (regions?.force === true && !regions.codes.includes(machine.region)) return false;
  return instance?.force !== true || machine.id === instance.id;
}

/** Smaller is better, the first difference decides. */
function keyOf(machine: MachineAddress, wish: Wish, around: Surroundings): number[] {
  const place = wish.regions?.codes.indexOf(machine.region) ?? -1;
  return [
    around.health(machine.id) === 'suspect' ? 1 : 0,
    wish.instance?.id === machine.id ? 0 : 1,
    place === -1 ? Infinity : place,
    around.distance(machine.region),
    around.tie(),
  ];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at === -1 || (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
}
