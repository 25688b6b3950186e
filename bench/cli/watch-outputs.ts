import type { EventEmitter } from 'node:events';
import { exitCodes, type ExitCode } from './exit-codes.ts';

/**
 * What becomes of a command whose terminal, pipes or files fail; any of them may, at any time:
 *
 * | what fails                                                  | what happens                                       |
 * | ----------------------------------------------------------- | -------------------------------------------------- |
 * | standard output is a pipe whose reader goes (`\| head`)     | goes on: a run's results are in its folder         |
 * | standard error is a pipe whose reader goes (`2>&1 \| head`) | winds down, as for SIGHUP                          |
 * | the terminal of either goes, with or without a SIGHUP       | winds down, as for SIGHUP                          |
 * | … the same, started by nohup or `trap '' HUP`               | goes on                                            |
 * | standard output can't be written (full disk, quota)         | goes on, says so once, and a 0 becomes a 1         |
 * | standard error can't be written                             | goes on; nothing can be said                       |
 * | a terminal or pipe that nobody reads (Ctrl-S, `\| less`)    | goes on without waiting (never-block.ts)           |
 * | standard input breaks                                       | is at its end                                      |
 *
 * A reader that went away is noticed by the next word for it. Winding down: machines destroyed, rows kept, exit code 130.
 */
export function watchOutputs(
  { out, err, input }: Watched,
  { goesOnAlone, windDown, lost }: Consequences,
): { readonly exitCode: (code: ExitCode) => ExitCode } {
  let isLost = false;
  const gone = (which: string) => {
    if (!goesOnAlone) windDown(`${which} is gone`);
  };
  input.on('error', () => undefined);
  err.on('error', ({ code = '' }: NodeJS.ErrnoException) => {
    if (readerGone.has(code) || terminalGone.has(code)) gone('standard error');
  });
  out.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
    if (terminalGone.has(code)) gone('the terminal');
    if (isLost || readerGone.has(code) || terminalGone.has(code)) return;
    isLost = true;
    err.write(
      `error The output can't be written: ${reasons[code] ?? message}.\n  fix Write it to another place; a run's folder is kept all the same.\n`,
    );
    lost();
  });
  return {
    exitCode: (code) => (isLost && code === exitCodes.done ? exitCodes.fault : code),
  };
}

interface Watched {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
  readonly input: Pick<EventEmitter, 'on'>;
}

interface Consequences {
  /** Whoever started it wants it to outlive the terminal. */
  readonly goesOnAlone: boolean;
  readonly windDown: (why: string) => void;
  /** Standard output could not be written: called once. */
  readonly lost: () => void;
}

const readerGone = new Set(['EPIPE', 'ECONNRESET']);

const terminalGone = new Set(['EIO', 'ENXIO']);

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EFBIG: 'the file would become too large',
  EDQUOT: 'the quota is used up',
};
