import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOfProcess, type ProcessEnd } from '../../base/exit-words.ts';
import type { Guard } from './guard/guard.ts';

export interface WatchedOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'> {
  /** The signal that asks the process to end, should the parent die. */
  readonly endSignal: NodeJS.Signals;
  /** The file that gets what it prints. */
  readonly log: string;
  /** An IPC channel to it. */
  readonly ipc?: boolean;
}

/** A process that the guard watches. */
export interface WatchedChild {
  readonly pid: number;
  readonly process: ChildProcess;
  readonly log: string;
  /** Resolves when it has ended, however it did. */
  readonly exited: Promise<ProcessEnd>;
}

/**
 * Starts a process in a session of its own, so that Ctrl-C in the terminal reaches only us, and has the guard watch it.
 * Rejects with the system's error if it can't be started.
 */
export async function spawnWatched(
  guard: Pick<Guard, 'watch'>,
  command: string,
  args: readonly string[],
  { endSignal, log, ipc = false, ...options }: WatchedOptions,
): Promise<WatchedChild> {
  const output = openSync(log, appendToOwn, 0o600);
  const child = spawn(command, args, {
    ...options,
    detached: true,
    stdio: ['ignore', output, output, ...(ipc ? (['ipc'] as const) : [])],
  });
  closeSync(output);
  guard.watch(child, endSignal);
  const exited = endOfProcess(child);
  await once(child, 'spawn');
  return { pid: child.pid as number, process: child, log, exited };
}

/** A link that somebody put under the name of a log is not followed. */
const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
const appendToOwn = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW;

/** One attempt to end a process: the signal, and how long it may take before the next attempt, in milliseconds. */
export interface Attempt {
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
}

/** Ends a process by one attempt after the other, SIGKILL last; resolves when it has ended. */
export async function stopChild(
  { process: child, exited }: Pick<WatchedChild, 'process' | 'exited'>,
  attempts: readonly Attempt[],
): Promise<ProcessEnd> {
  for (const { signal, graceMs } of attempts) {
    child.kill(signal);
    // One that stands still hears of a signal only once it goes on.
    child.kill('SIGCONT');
    const exit = await Promise.race([exited, timeout(graceMs)]);
    if (exit !== undefined) return exit;
  }
  child.kill('SIGKILL');
  return exited;
}

const timeout = (ms: number): Promise<undefined> => sleep(ms, undefined, { ref: false });
