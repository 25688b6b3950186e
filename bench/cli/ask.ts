import { createInterface } from 'node:readline/promises';
import { isInteractive, type Io } from './io.ts';

/**
 * What a person answers to a question on the terminal, trimmed; undefined where nobody can be asked. Rejects once the
 * command is interrupted.
 */
export async function ask(question: string, io: Io): Promise<string | undefined> {
  if (!io.input.isTTY || !isInteractive(io.err, io.env)) return undefined;
  const lines = createInterface({ input: io.input, output: io.err });
  try {
    const answer = await lines.question(question, { signal: io.signal });
    return answer.trim();
  } finally {
    lines.close();
  }
}
