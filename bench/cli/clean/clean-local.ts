import { thisHost } from '../../providers/local/guard/host.ts';
import { findLeftBehind, removeLeftBehind } from '../../providers/local/guard/left-behind.ts';

/** What one killed run had left on this machine. */
export interface CleanedRun {
  /** Of the program that was killed. */
  readonly pid: number;
  readonly processes: readonly number[];
  readonly folders: readonly string[];
}

/** Ends the processes and removes the folders of runs that are dead, guard and all. */
export async function cleanLocal(journals: string, dryRun: boolean): Promise<CleanedRun[]> {
  const left = await findLeftBehind(journals, thisHost());
  if (!dryRun) for (const one of left) await removeLeftBehind(journals, one);
  return left
    .map(({ journal, processes, folders }) => ({
      pid: journal.owner.pid,
      processes: processes.map(({ pid }) => pid),
      folders,
    }))
    .filter(({ processes, folders }) => processes.length + folders.length > 0);
}
