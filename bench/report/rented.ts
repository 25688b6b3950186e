import type { Manifest, VantageMachine } from '../samples/manifest.ts';
import { visible } from './words.ts';

/** `gru (for scl)`, and what the machine there was: everything that a report says of rented vantages. */
export interface RentedMachine {
  readonly vantage: string;
  readonly id: string;
  readonly region: string;
  readonly size: string;
  /** `+1.2 ±0.4 ms`; how its clock differed from that of the machine that started the run. */
  readonly clock: string;
}

export const rentedMachines = ({ machines = [] }: Manifest): RentedMachine[] =>
  machines.map((machine) => ({
    vantage: visible(machine.vantage),
    id: visible(machine.id),
    region: visible(machine.region),
    size: visible(machine.size),
    clock: clockOf(machine),
  }));

function clockOf({ clock }: VantageMachine): string {
  if (clock === undefined) return 'not known';
  const { offsetMs, uncertaintyMs } = clock;
  return `${offsetMs < 0 ? '−' : '+'}${Math.abs(offsetMs).toFixed(1)} ±${uncertaintyMs.toFixed(1)} ms`;
}

/** How the topologies were reached; undefined where there was no choice. */
export function viaWords({ via }: Manifest): string | undefined {
  if (via === undefined) return undefined;
  return via === 'public' ? 'their public URL' : 'the private network (.internal)';
}

/** Where a run measured from, for those who read only sentences; none for the local world. */
export function rentedSentences(manifest: Manifest): string[] {
  const machines = rentedMachines(manifest);
  const via = viaWords(manifest);
  const sizes = [...new Set(machines.map(({ size }) => size))].join(', ');
  const counted = machines.length === 1 ? '1 rented machine' : `${machines.length} rented machines`;
  const each = machines.map(({ vantage, id, clock }) => `${vantage} ${id} (clock ${clock})`);
  return [
    ...(machines.length === 0 ? [] : [`Measured from ${counted} (${sizes}): ${each.join(', ')}.`]),
    ...(via === undefined ? [] : [`The deployments were reached by ${via}.`]),
  ];
}
