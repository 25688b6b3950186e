import type { ExecResult } from '../machines-api.ts';

/**
 * Runs a command in one machine; whoever gives it paces and repeats. Throws only for good: the machine or the API is
 * not there.
 */
export type Exec = (
  command: readonly string[],
  options?: { readonly stdin?: string; readonly timeoutS?: number },
) => Promise<ExecResult>;
