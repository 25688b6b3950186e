import { k6Env } from '../k6-env.ts';

declare const console: { log(text: string): void };

/** What a trial reports of a script, one thing a line of k6's log. */
export type TrialNote =
  | { readonly opened: string }
  | { readonly replaced: readonly string[] }
  | { readonly setupMs: number }
  | { readonly iterationMs: number; readonly target: string };

/** Only a trial listens; `bench/k6/trial.ts` reads it. */
export function note(what: TrialNote): void {
  if (isTrial()) console.log(`bench:${JSON.stringify(what)}`);
}

export const isTrial = (): boolean => k6Env('BENCH_TRIAL') === '1';
