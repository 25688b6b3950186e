import { BenchError, messageOf } from '../../base/errors.ts';
import type { UnixMillis } from '../../base/units.ts';
import { metadataKeys, type Machine, type MachinesApi } from './machines-api.ts';

/** How often what is left is listed and destroyed again. */
const mostSweeps = 5;

/** Every machine of the app that a run of ours made. Whatever else is in the app is never looked at again. */
export async function findOurs(
  api: MachinesApi,
  app: string,
  signal?: AbortSignal,
): Promise<readonly Machine[]> {
  return (await api.list(app, {}, signal)).filter(isOurs);
}

export const isOurs = ({ metadata }: Machine): boolean => (metadata[metadataKeys.run] ?? '') !== '';

/** Why nobody needs a machine any more, or why somebody may. */
export type Standing =
  | { readonly needed: false; readonly because: 'expired' | 'orphaned' }
  | { readonly needed: 'maybe'; readonly because: 'running' | 'elsewhere' };

export interface Witness {
  readonly now: UnixMillis;
  /** Whether the process that made it lives; undefined: nobody here can tell. */
  readonly isAlive: boolean | undefined;
}

/** What is past its time, or was made by a process that is dead, was left behind. */
export function standingOf({ metadata }: Machine, { now, isAlive }: Witness): Standing {
  // Of a process that can be seen to work, the time that it gave itself is no concern of ours.
  if (isAlive === true) return { needed: 'maybe', because: 'running' };
  if (isAlive === false) return { needed: false, because: 'orphaned' };
  const expires = Number(metadata[metadataKeys.expires] ?? Number.NaN);
  return expires * 1000 <= now
    ? { needed: false, because: 'expired' }
    : { needed: 'maybe', because: 'elsewhere' };
}

/** Destroys all machines of one run, also those that turn up late. */
export function destroyRun(api: MachinesApi, app: string, runId: string): Promise<number> {
  return sweep(api, app, () => api.list(app, { [metadataKeys.run]: runId }));
}

/** Destroys these machines, and only those of them that are ours. */
export function destroyAll(
  api: MachinesApi,
  app: string,
  machines: readonly Pick<Machine, 'id'>[],
): Promise<number> {
  const ids = new Set(machines.map(({ id }) => id));
  return sweep(api, app, async () => (await findOurs(api, app)).filter(({ id }) => ids.has(id)));
}

/** Lists and destroys until a list has none any more. How many there were. */
async function sweep(
  api: MachinesApi,
  app: string,
  list: () => Promise<readonly Machine[]>,
): Promise<number> {
  const seen = new Set<string>();
  let trouble: readonly unknown[] = [];
  for (let round = 0; round < mostSweeps; round++) {
    const there = await list();
    if (there.length === 0) return seen.size;
    for (const { id } of there) seen.add(id);
    const ends = await Promise.allSettled(
      there.filter(isStaying).map(({ id }) => api.destroy(app, id)),
    );
    trouble = ends
      .filter((end) => end.status === 'rejected')
      .map(({ reason }) => reason as unknown);
  }
  const left = (await list()).filter(isStaying);
  // One that is being destroyed needs nobody to wait for it.
  if (left.length === 0) return seen.size;
  throw new BenchError(
    'fault',
    `Could not destroy ${left.map(({ id }) => id).join(', ')} of the app ${app}${trouble.length === 0 ? '' : `: ${messageOf(trouble[0])}`}.`,
    'Try again with `bench clean`; what is left costs money until its own time is up.',
  );
}

const isStaying = ({ state }: Machine): boolean => state !== 'destroying';
