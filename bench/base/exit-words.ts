import type { ChildProcess } from 'node:child_process';
import type { Millis } from './units.ts';

/** How a process ended. */
export type ProcessEnd = { readonly code: number | null } | { readonly signal: NodeJS.Signals };

/** A connection breaks a moment before the end of the process behind it is known. */
export const newsMs: Millis = 300;

/** Resolves when a child that was started has ended, even while something else still holds its output open. */
export const endOfProcess = (child: ChildProcess): Promise<ProcessEnd> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(signal === null ? { code } : { signal });
    });
  });

/** `was killed by SIGKILL …` or `ended with exit code 1`, as the rest of a sentence about a process. */
export function describeEnd(end: ProcessEnd): string {
  if ('signal' in end) return `was killed by ${end.signal}${hintOf(end.signal)}`;
  if (end.code === null) return 'ended';
  // A shell reports so what a signal has killed.
  const hint = end.code === 137 ? hintOf('SIGKILL') : '';
  return `ended with exit code ${end.code}${hint}`;
}

const hintOf = (signal: NodeJS.Signals): string =>
  signal === 'SIGKILL' ? ' (by a user, or by the system for want of memory)' : '';
