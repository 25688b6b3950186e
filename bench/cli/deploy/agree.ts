import { BenchError } from '../../base/errors.ts';
import { ask } from '../ask.ts';
import type { Io } from '../io.ts';

/** Asks for `word`, typed, before what `what` says is done. Throws (usage) if it is not, or nobody can be asked. */
export async function agree(
  what: string,
  question: string,
  word: RegExp,
  { yes, io }: { readonly yes: boolean; readonly io: Io },
): Promise<void> {
  if (yes) return;
  const answer = await ask(`${what}\n${question} `, io);
  if (answer !== undefined && word.test(answer)) return;
  throw new BenchError(
    'usage',
    answer === undefined ? `${what} Nobody can be asked here.` : 'Nothing was done, as you chose.',
    'Say --yes to go on; --dry-run shows what would be done.',
  );
}
