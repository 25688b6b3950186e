import { createInterface, type Interface } from 'node:readline/promises';
import { BenchError } from '../base/errors.ts';
import { isInteractive, type Io } from './io.ts';

/**
 * What a person answers to a question on the terminal, trimmed; empty for Ctrl-D, undefined where nobody can be asked.
 * Throws a BenchError (interrupted) on Ctrl-C, and rejects once the command is interrupted.
 */
export async function ask(question: string, io: Io): Promise<string | undefined> {
  if (!io.input.isTTY || !isInteractive(io.err, io.env)) return undefined;
  const lines = createInterface({ input: io.input, output: io.err });
  try {
    // Listened for before anything is shown: a quick hand types into the question.
    const ends = [interruption(lines), endOf(lines)];
    const answer = lines.question(question, { signal: io.signal }).catch((error: unknown) => {
      if (io.signal.aborted) throw error;
      return '';
    });
    return (await Promise.race([answer, ...ends])).trim();
  } finally {
    lines.close();
  }
}

/** While lines are read, the terminal's Ctrl-C is a key, and no signal. */
const interruption = (lines: Interface): Promise<never> =>
  new Promise((_, reject) => {
    lines.once('SIGINT', () => {
      const fix = 'Give the command again to be asked again.';
      reject(new BenchError('interrupted', 'Interrupted; nothing was done.', fix));
    });
  });

/** Not every version of Node lets go of a question whose input has ended, or whose terminal has gone. */
const endOf = (lines: Interface): Promise<string> =>
  new Promise((resolve) => {
    for (const end of ['close', 'error'])
      lines.once(end, () => {
        resolve('');
      });
  });
