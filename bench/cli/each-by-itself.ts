import { BenchError, messageOf } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { tellError } from './show-error.ts';

/** What remains to be done once results are shown. */
export interface EachByItself {
  /** Does something that belongs to the results; gives whether it succeeded. */
  readonly must: (act: () => Promise<unknown>) => Promise<boolean>;
  /** Does something without which they are as good; `fix` for what is no BenchError. */
  readonly may: (act: () => Promise<unknown>, what: string, fix: string) => Promise<void>;
  /** Something that belongs to the results has failed already. */
  readonly failed: (error: unknown) => void;
  /** A command that succeeded otherwise has the code of what failed first. */
  readonly exitCode: (code: ExitCode) => ExitCode;
}

/**
 * Does what follows the results, each thing by itself: a disk that is full, or a folder that may not be written, costs
 * the file in question and neither the others nor the results. Each failure is told, with what to do.
 */
export function eachByItself(io: Pick<Io, 'err' | 'env'>): EachByItself {
  let worst: ExitCode | undefined;
  const failed = (error: unknown) => {
    const code = tellError(error, io);
    worst ??= code;
  };
  return {
    failed,
    must: async (act) => {
      try {
        await act();
        return true;
      } catch (error) {
        failed(error);
        return false;
      }
    },
    may: async (act, what, fix) => {
      try {
        await act();
      } catch (error) {
        io.err.write(
          `note ${visible(what)}: ${visible(messageOf(error).replace(/\.$/, ''))}.\n  fix ${visible(error instanceof BenchError ? error.fix : fix)}\n`,
        );
      }
    },
    exitCode: (code) => (code === exitCodes.done ? (worst ?? code) : code),
  };
}
