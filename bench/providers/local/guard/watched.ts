import { startTimeOf, type StartTime } from './identity.ts';

/** A process to end, and proof of which process was meant. */
export interface Watched {
  readonly pid: number;
  readonly signal: NodeJS.Signals;
  readonly group: boolean;
  readonly started: StartTime;
}

/**
 * Whether a signal would reach what was watched, given who has the id now (undefined: nobody). A group outlives its
 * leader, and the system gives its id to nobody else while it lives; so nobody at the id is still safe for a group.
 */
export function stillMeant(
  { started, group }: Pick<Watched, 'started' | 'group'>,
  now: StartTime | undefined,
): boolean {
  return now === undefined ? group : now === started;
}

/** Sends the signal if the watched process, or its group, is still there. Says whether it was. */
export function signalWatched(watched: Watched, signal: NodeJS.Signals | 0): boolean {
  if (!stillMeant(watched, startTimeOf(watched.pid))) return false;
  try {
    return process.kill(watched.group ? -watched.pid : watched.pid, signal);
  } catch {
    return false;
  }
}
