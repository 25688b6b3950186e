import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../../base/cache-folder.ts';
import { makeFoldersSync } from '../../../base/make-folders.ts';
import { unfinishedBeside } from '../../../samples/write-whole.ts';
import type { Host } from './host.ts';
import type { StartTime } from './identity.ts';
import type { Watched } from './watched.ts';

/** A process that can't be taken for another one. */
export interface Identity {
  readonly pid: number;
  readonly started: StartTime;
}

/** What a guard watches over, kept in a file: should the guard die too, `bench clean` can do its work. */
export interface Journal {
  readonly host: Host;
  readonly guard: Identity;
  /** The program that is guarded. */
  readonly owner: Identity;
  readonly watched: readonly Watched[];
  readonly folders: readonly string[];
}

/** Only for this user's eyes: what is written there gets ended and removed. */
export function journalFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder({ env, platform: process.platform }), 'guards');
}

export const journalFile = (folder: string, { pid, started }: Identity): string =>
  join(folder, `${pid}-${started.replace(/\W/g, '-')}.json`);

/** Whole or not at all. Where nothing can be written there is no journal, and a run goes on without. */
export function writeJournal(folder: string, journal: Journal): void {
  const file = journalFile(folder, journal.guard);
  try {
    makeFoldersSync(folder, 0o700);
    if (!isOwn(folder)) return;
    const unfinished = unfinishedBeside(file);
    writeFileSync(unfinished, JSON.stringify(journal), { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, file);
  } catch {
    // Second best: the guard itself is there.
  }
}

/** What is named in a journal gets ended and removed: in a folder of somebody else's anything could be named. */
export function isOwn(folder: string): boolean {
  try {
    const found = lstatSync(folder);
    return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
  } catch {
    return false;
  }
}

export function removeJournal(folder: string, guard: Identity): void {
  try {
    rmSync(journalFile(folder, guard), { force: true });
  } catch {
    // Said of a guard that is gone, it does no harm.
  }
}
