import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { endAll } from './end-all.ts';
import type { Host } from './host.ts';
import { startTimeOf } from './identity.ts';
import { removeJournal, type Identity, type Journal } from './journal.ts';
import { signalWatched, type Watched } from './watched.ts';

/** What a program left whose guard was killed as well. */
export interface LeftBehind {
  readonly journal: Journal;
  /** Those that still run. */
  readonly processes: readonly Watched[];
  /** Those that are still there, and ours. */
  readonly folders: readonly string[];
}

/** Everything in the journals whose program and guard are both dead. A folder that is not there is none. */
export async function findLeftBehind(folder: string, here: Host): Promise<readonly LeftBehind[]> {
  const journals = await readJournals(folder);
  const found = await Promise.all(
    journals.flatMap((journal) => {
      const standing = standingOf(journal, here, isAlive);
      return standing === 'unknown' || standing === 'in use' ? [] : [leftOf(journal, standing)];
    }),
  );
  return found;
}

/** Ends the processes, removes the folders, and the journal with them. */
export async function removeLeftBehind(
  folder: string,
  { journal, processes, folders }: LeftBehind,
): Promise<void> {
  await endAll(processes, folders);
  removeJournal(folder, journal.guard);
}

/** Whether somebody still sees to what a journal tells of. `rebooted`: no process of it can be alive. */
export function standingOf(
  { host, guard, owner }: Pick<Journal, 'host' | 'guard' | 'owner'>,
  here: Host,
  alive: (one: Identity) => boolean,
): 'in use' | 'left' | 'rebooted' | 'unknown' {
  // A home may be shared between computers, and between containers of one.
  if (host.name !== here.name || host.namespace !== here.namespace) return 'unknown';
  if (host.boot !== here.boot) return 'rebooted';
  return alive(owner) || alive(guard) ? 'in use' : 'left';
}

const isAlive = ({ pid, started }: Identity): boolean => startTimeOf(pid) === started;

async function leftOf(journal: Journal, standing: 'left' | 'rebooted'): Promise<LeftBehind> {
  const ours = await Promise.all(journal.folders.map(isOurs));
  return {
    journal,
    // Of a group without its leader nobody can tell any more whether the id is still that group's.
    processes:
      standing === 'rebooted'
        ? []
        : journal.watched.filter((one) => isAlive(one) && signalWatched(one, 0)),
    folders: journal.folders.filter((_, i) => ours[i]),
  };
}

/** A real folder, named as we name ours, that this user made. */
async function isOurs(path: string): Promise<boolean> {
  try {
    const found = await lstat(path);
    const isMade = found.isDirectory() && found.uid === process.getuid?.();
    return isMade && basename(path).startsWith('bench-');
  } catch {
    return false;
  }
}

const identity = { pid: z.int().positive(), started: z.string().min(1) };
const journalSchema = z.object({
  host: z.object({ name: z.string(), boot: z.string(), namespace: z.string() }),
  guard: z.object(identity),
  owner: z.object(identity),
  watched: z.array(
    z.object({
      ...identity,
      signal: z.custom<NodeJS.Signals>((said) => /^SIG[A-Z]+$/.test(String(said))),
      group: z.boolean(),
    }),
  ),
  folders: z.array(z.string().startsWith('/')),
});

async function readJournals(folder: string): Promise<Journal[]> {
  // Nobody else may have had a say in what is to be ended and removed.
  const itself = await stat(folder).catch(() => undefined);
  if (itself === undefined || itself.uid !== process.getuid?.()) return [];
  if ((itself.mode & 0o022) !== 0) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const read = await Promise.all(names.map((name) => readJournal(join(folder, name))));
  return read.filter((journal) => journal !== undefined);
}

async function readJournal(file: string): Promise<Journal | undefined> {
  try {
    return journalSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
