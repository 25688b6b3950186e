import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '../../base/units.ts';
import type { Check, Finding } from './check.ts';

/** Somebody waits for the answer; milliseconds. */
export const checkLimitMs: Millis = 5000;

/** A check, what it is about, and what to do if nothing comes of it in time. */
export interface BoundedCheck {
  readonly subject: string;
  readonly check: Check;
  readonly ifSlow: string;
  /** It measures this computer: begun before the others are a load for that. */
  readonly isFirst?: true;
}

/**
 * All checks side by side, each with its limit; their findings are in the order of the checks. Rejects with the signal's
 * reason when that comes.
 */
export async function lookAtAll(
  checks: readonly BoundedCheck[],
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  limitMs: Millis = checkLimitMs,
): Promise<Finding[]> {
  const first = checks.filter(({ isFirst }) => isFirst);
  const begun = new Map<BoundedCheck, Promise<Finding>>();
  for (const each of new Set([...first, ...checks]))
    begun.set(each, bounded(each, env, signal, limitMs));
  return Promise.all(checks.flatMap((each) => begun.get(each) ?? []));
}

async function bounded(
  { subject, check, ifSlow }: BoundedCheck,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  limitMs: Millis,
): Promise<Finding> {
  const [given, tired] = [new AbortController(), new AbortController()];
  const giveUp = (): void => {
    given.abort(signal.reason);
  };
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const timeout = sleep(limitMs, undefined, { signal: AbortSignal.any([tired.signal, signal]) });
    // Who is cut off may fail of it, which is not what was found.
    const looking = check(env, given.signal).then((finding) =>
      given.signal.aborted ? undefined : finding,
    );
    // After the limit nobody waits for it any more.
    looking.catch(() => undefined);
    const found = await Promise.race([looking, timeout.catch(() => undefined)]);
    signal.throwIfAborted();
    return (
      found ?? {
        subject,
        state: 'broken',
        detail: `no answer within ${limitMs / 1000} s`,
        fix: ifSlow,
      }
    );
  } finally {
    tired.abort();
    given.abort();
    signal.removeEventListener('abort', giveUp);
  }
}
