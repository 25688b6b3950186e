import { isControllerAlive } from '../../providers/fly/controller.ts';
import { machinesClient, type FlyAccess } from '../../providers/fly/machines.ts';
import { metadataKeys, type Machine } from '../../providers/fly/machines-api.ts';
import { destroyAll, findOurs, standingOf, type Standing } from '../../providers/fly/reap.ts';
import type { CleanFlags } from '../clean.ts';
import { bringHome, type Samples } from './bring-home.ts';

/** A Fly Machine of ours that was there. */
export interface CleanedMachine {
  readonly id: string;
  readonly region: string;
  readonly run: string;
  readonly vantage: string;
  readonly because: Standing['because'];
  /** Its own end, ISO 8601; null if it tells of none. */
  readonly expires: string | null;
  readonly removed: boolean;
  /** What it held. */
  readonly samples: Samples;
}

/** Destroys the Machines that nobody needs; with `all`, the others too. In a dry run it only says which. */
export async function cleanFly(
  access: FlyAccess,
  app: string,
  { run, all, dryRun }: CleanFlags,
  signal: AbortSignal,
): Promise<CleanedMachine[]> {
  const api = machinesClient(access);
  try {
    const ours = await findOurs(api, app, signal);
    const asked = ours.filter((one) => run === undefined || runOf(one) === run);
    const judged = asked.map((machine) => ({ machine, ...verdictOn(machine, all === true) }));
    const doomed = judged.filter(({ removed }) => removed).map(({ machine }) => machine);
    const held = new Map<Machine, Samples>();
    if (dryRun !== true && doomed.length > 0) {
      await Promise.all(
        doomed.map(async (machine) => held.set(machine, await bringHome(api, app, machine))),
      );
      await destroyAll(api, app, doomed);
    }
    return judged.map(({ machine, because, removed }) => ({
      id: machine.id,
      region: machine.region,
      run: runOf(machine),
      vantage: machine.metadata[metadataKeys.vantage] ?? '',
      because,
      expires: expiryOf(machine),
      removed,
      samples: held.get(machine) ?? { state: 'none' },
    }));
  } finally {
    await api.close();
  }
}

const runOf = ({ metadata }: Machine): string => metadata[metadataKeys.run] ?? '';

function verdictOn(
  machine: Machine,
  all: boolean,
): { readonly because: Standing['because']; readonly removed: boolean } {
  const isAlive = isControllerAlive(machine.metadata[metadataKeys.controller] ?? '');
  const { needed, because } = standingOf(machine, { now: Date.now(), isAlive });
  return { because, removed: all || needed === false };
}

function expiryOf({ metadata }: Machine): string | null {
  const ms = Number(metadata[metadataKeys.expires] ?? Number.NaN) * 1000;
  // Whoever wrote it, it must not break what is printed.
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}
