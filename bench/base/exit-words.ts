/** How a process ended. */
export type ProcessEnd = { readonly code: number | null } | { readonly signal: NodeJS.Signals };

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
