import { BenchError } from '../base/errors.ts';
import { ask } from './ask.ts';
import type { Io } from './io.ts';

/** What a person is asked before something is done. */
export interface Question {
  /** What would be done, or speaks against it; a sentence. */
  readonly what: string;
  readonly question: string;
  /** The answer that lets it be done. */
  readonly word: RegExp;
  /** What else there is to do. */
  readonly fix: string;
}

/** Nobody agreed to what would have been done. */
export class NotAgreed extends BenchError {
  constructor(what: string, fix: string) {
    super('usage', what, fix);
  }
}

/** The question that most are. */
export const goOn = { question: 'Go on? [y/N]', word: /^y(es)?$/i } as const;

/** Asks, unless `yes`. Throws a NotAgreed if the answer is another one, or nobody can be asked. */
export async function agree(
  { what, question, word, fix }: Question,
  { yes, io }: { readonly yes: boolean; readonly io: Io },
): Promise<void> {
  if (yes) return;
  const answer = await ask(`${what}\n${question} `, io);
  if (answer !== undefined && word.test(answer)) return;
  throw new NotAgreed(
    answer === undefined ? `${what} Nobody can be asked here.` : 'Nothing was done, as you chose.',
    fix,
  );
}
