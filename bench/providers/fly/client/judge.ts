import { accountRefusal } from '../refusals.ts';
import type { Answer } from './send.ts';

/** What to make of an answer that is not the one hoped for. */
export type Verdict =
  /** May pass: worth another try. `unsure`: the other side may have done it all the same. */
  | {
      readonly then: 'again';
      readonly unsure: boolean;
      readonly afterMs?: number;
      readonly most?: number;
    }
  | { readonly then: 'give-up'; readonly because: Refusal };

export type Refusal =
  | 'capacity'
  | 'retired'
  | 'payment'
  | 'quota'
  | 'token'
  | 'foreign'
  | 'missing'
  | 'taken'
  | 'other';

/** Tries of a call that meets a state which should pass within a moment (412). */
const fewTries = 4;

/** Judges by status and words; some refusals come under several statuses, so their words count first. */
export function judge({ status, text, retryAfter }: Omit<Answer, 'requestId'>): Verdict {
  const words = text.toLowerCase();
  if (isRetired(words)) return giveUp('retired');
  if (status < 500) {
    const refusal = accountRefusal(saidIn(text));
    if (refusal !== undefined && status !== 429) return giveUp(refusal);
  }
  if (isNoCapacity(words)) return giveUp('capacity');
  if (status === 429) return { then: 'again', unsure: false, afterMs: waitOf(retryAfter) };
  if (status === 408 || status >= 500) return { then: 'again', unsure: true };
  // Somebody else, or our own call a moment ago, holds the lease.
  if (status === 409 && words.includes('lease')) return { then: 'again', unsure: false };
  // A try of ours that seemed to fail has taken the name; it is not told of everywhere yet.
  if (status === 409 && words.includes('already exists')) return { then: 'again', unsure: true };
  if (status === 412) return { then: 'again', unsure: false, most: fewTries };
  return giveUp(refusals[status] ?? (words.includes('name_taken') ? 'taken' : 'other'));
}

const giveUp = (because: Refusal): Verdict => ({ then: 'give-up', because });

const refusals: Readonly<Record<number, Refusal>> = {
  401: 'token',
  402: 'payment',
  403: 'foreign',
  404: 'missing',
};

const isRetired = (words: string): boolean => /region \S+ is deprecated/.test(words);

const isNoCapacity = (words: string): boolean =>
  /insufficient_capacity|insufficient (memory|cpus?|resources)|no capacity/.test(words);

/** Retry-After in seconds, or as a date; without one, as long as a limit of one per second takes. */
function waitOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return 1000;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 1000;
}

/** What an error's body says, on one line: `message` over `error`, or the text itself if it is no JSON. */
export function saidIn(text: string): string {
  const line = (said: string) => said.replace(/\s+/g, ' ').trim();
  try {
    const body = JSON.parse(text) as { message?: unknown; error?: unknown } | null;
    const said = [body?.message, body?.error].find((one) => typeof one === 'string' && one !== '');
    return line(typeof said === 'string' ? said : text);
  } catch {
    return line(text.replace(/<[^>]*>/g, ' '));
  }
}
