import type { ErrorKind } from '../base/errors.ts';

/** What the command's exit code says; documented in the README. */
export const exitCodes = {
  /** Done, and nothing regressed. */
  done: 0,
  /** Our fault, or the machine's. */
  fault: 1,
  /** Usage or configuration. */
  usage: 2,
  /** The measurement is not trustworthy: too few valid rounds, generator saturated, iterations dropped. */
  untrustworthy: 3,
  /** Something regressed, or a budget is broken: a gate's, or a threshold of a script. */
  regression: 4,
  /** Too uncertain to tell; only `bench gate` says so. */
  inconclusive: 5,
  /** A region or target could not be measured; the other results are kept. */
  partial: 6,
  /** Interrupted; everything was cleaned up. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOf(kind: ErrorKind): ExitCode {
  return exitCodes[kind];
}
