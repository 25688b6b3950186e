import { exitCodes, type ExitCode } from './exit-codes.ts';

/** A reader that went away (`bench regions | head -1`), or a terminal that did, is no fault of ours. */
const goneAway = new Set(['EPIPE', 'EIO']);

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EFBIG: 'the file would become too large',
  EDQUOT: 'the quota is used up',
};

/**
 * Keeps an output that can't be written from ending the program: whatever it does goes on, so that what was measured is
 * kept. A refusing standard output is told once on standard error; where that refuses too, nothing can be told.
 */
export function watchOutputs(
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream,
  lost: () => void,
): { readonly exitCode: (code: ExitCode) => ExitCode } {
  let isLost = false;
  err.on('error', () => undefined);
  out.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
    if (isLost || goneAway.has(code)) return;
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
