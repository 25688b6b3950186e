import { isControllerAlive } from '../../providers/fly/controller.ts';
import { machinesClient, type FlyAccess } from '../../providers/fly/machines.ts';
import { metadataKeys, type Machine, type MachinesApi } from '../../providers/fly/machines-api.ts';
import { destroyAll, findOurs, standingOf, type Standing } from '../../providers/fly/reap.ts';
import type { CleanFlags } from '../clean.ts';
import type { Io } from '../io.ts';
import { bringHome, type Samples } from './bring-home.ts';
import { bringUploads, type Uploads } from './bring-uploads.ts';
import { runOf } from './run-folder-of.ts';
import { openStorages, type Storages } from './storages.ts';

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
  /** What it had uploaded. */
  readonly uploads: Uploads;
}

/** Destroys the Machines that nobody needs; with `all`, the others too. In a dry run it only says which. */
export async function cleanFly(
  access: FlyAccess,
  app: string,
  { run, all, dryRun }: CleanFlags,
  { env, signal }: Pick<Io, 'env' | 'signal'>,
): Promise<CleanedMachine[]> {
  const api = machinesClient(access);
  const storages = openStorages(env);
  try {
    const ours = await findOurs(api, app, signal);
    const asked = ours.filter((one) => run === undefined || runOf(one) === run);
    const judged = asked.map((machine) => ({ machine, ...verdictOn(machine, all === true) }));
    const doomed = judged.filter(({ isDoomed }) => isDoomed).map(({ machine }) => machine);
    const ends =
      dryRun === true
        ? new Map<Machine, End>()
        : await end(api, app, doomed, { all: all === true, storages });
    return judged.map(({ machine, because, isDoomed }) => ({
      id: machine.id,
      region: machine.region,
      run: runOf(machine),
      vantage: machine.metadata[metadataKeys.vantage] ?? '',
      because,
      expires: expiryOf(machine),
      ...(ends.get(machine) ?? { ...untouched, removed: isDoomed }),
    }));
  } finally {
    await Promise.all([api.close(), storages.close()]);
  }
}

type End = Pick<CleanedMachine, 'removed' | 'samples' | 'uploads'>;

const untouched = { samples: { state: 'none' }, uploads: { state: 'none' } } as const;

/**
 * Brings home what there is of the machines' samples, and destroys them; without `all` not those that have ended and
 * left samples in a storage that can't be used now: they alone tell where.
 */
async function end(
  api: MachinesApi,
  app: string,
  machines: readonly Machine[],
  { all, storages }: { readonly all: boolean; readonly storages: Storages },
): Promise<Map<Machine, End>> {
  const held = await Promise.all(
    machines.map(async (machine) => {
      const samples = await bringHome(api, app, machine);
      const isUp = machine.state === 'started';
      const uploads = isUp ? undefined : await bringUploads(storages, machine, samples);
      return { machine, samples, uploads, removed: all || uploads?.state !== 'left' };
    }),
  );
  const leaving = held.filter(({ removed }) => removed).map(({ machine }) => machine);
  if (leaving.length > 0) await destroyAll(api, app, leaving);
  const ends = held.map(async ({ machine, ...rest }) => {
    // Only now: a machine that lives may still upload what it was asked to.
    const uploads = rest.uploads ?? (await bringUploads(storages, machine, rest.samples));
    return [machine, { ...rest, uploads }] as const;
  });
  return new Map(await Promise.all(ends));
}

function verdictOn(
  machine: Machine,
  all: boolean,
): { readonly because: Standing['because']; readonly isDoomed: boolean } {
  const isAlive = isControllerAlive(machine.metadata[metadataKeys.controller] ?? '');
  const { needed, because } = standingOf(machine, { now: Date.now(), isAlive });
  return { because, isDoomed: all || needed === false };
}

function expiryOf({ metadata }: Machine): string | null {
  const ms = Number(metadata[metadataKeys.expires] ?? Number.NaN) * 1000;
  // Whoever wrote it, it must not break what is printed.
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}
