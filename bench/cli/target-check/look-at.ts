import type { Millis } from '../../base/units.ts';
import { Asker, type Trust } from './asker.ts';
import { certificateFault } from './certificate-fault.ts';
import { LedAstray, visit, type Visit } from './visit.ts';

/** What a few requests to a URL showed. */
export type Look =
  /** At least one; `failures`: how many of the requests had no answer. */
  | {
      readonly seen: 'visits';
      readonly visits: readonly [Visit, ...Visit[]];
      readonly failures: number;
    }
  /** It redirects to where nothing answers. */
  | { readonly seen: 'astray'; readonly to: string; readonly why: string }
  | { readonly seen: 'bad-certificate'; readonly why: string }
  | {
      readonly seen: 'nothing';
      readonly because: 'name' | 'refused' | 'slow' | 'other';
      readonly why: string;
    };

export interface LookOptions extends Trust {
  /** In which an answer must come; as long as k6 waits. */
  readonly limitMs?: Millis;
}

const defaultLimitMs = 10_000;
/** Enough to see an answer that is now this, now that, and one that comes late. */
const requests = 5;
/** No further request after that; the first has its time in any case. */
const enoughMs = 2000;

/** Visits a URL a few times, one after the other. Throws only if the signal is aborted. */
export async function lookAt(
  url: string,
  { limitMs = defaultLimitMs, ...trust }: LookOptions,
  signal: AbortSignal,
): Promise<Look> {
  const asker = new Asker(trust);
  const from = performance.now();
  const timeout = AbortSignal.timeout(limitMs);
  const both = AbortSignal.any([signal, timeout]);
  const visits: Visit[] = [];
  let failure: Look | undefined;
  let failures = 0;
  try {
    for (let i = 0; i < requests && (i === 0 || performance.now() - from < enoughMs); i++)
      try {
        visits.push(await visit(asker, url, both));
      } catch (error) {
        signal.throwIfAborted();
        // The time was up within a request that began late: that says nothing of the target.
        if (timeout.aborted && visits.length > 0) break;
        failures++;
        failure ??= lookOf(error, timeout.aborted, limitMs);
        if (isLasting(failure)) break;
      }
  } finally {
    await asker.close();
  }
  const [first, ...more] = visits;
  if (first !== undefined) return { seen: 'visits', visits: [first, ...more], failures };
  return failure ?? { seen: 'nothing', because: 'other', why: 'nothing was asked' };
}

/** Asking again would show the same. */
const isLasting = (look: Look): boolean => look.seen !== 'nothing' || look.because !== 'other';

function lookOf(error: unknown, timedOut: boolean, limitMs: Millis): Look {
  if (error instanceof LedAstray) {
    const { to, cause } = error;
    const there = lookOf(cause, timedOut, limitMs);
    return { seen: 'astray', to, why: 'why' in there ? there.why : 'it does not answer' };
  }
  const slow = `no answer within ${limitMs / 1000} s`;
  if (timedOut) return { seen: 'nothing', because: 'slow', why: slow };
  const fault = certificateFault(error);
  if (fault !== undefined) return { seen: 'bad-certificate', why: fault };
  const { code = '', message = '' } = error as { code?: string; message?: string };
  switch (code) {
    case 'ENOTFOUND':
      return { seen: 'nothing', because: 'name', why: 'there is no such name' };
    case 'EAI_AGAIN':
      return { seen: 'nothing', because: 'name', why: 'its name could not be resolved' };
    case 'ECONNREFUSED':
      return { seen: 'nothing', because: 'refused', why: 'nothing listens there' };
    case 'ETIMEDOUT':
      return { seen: 'nothing', because: 'slow', why: slow };
    default:
      return { seen: 'nothing', because: 'other', why: wordsFor(code, message) };
  }
}

/** What Node and OpenSSL call by code. */
function wordsFor(code: string, message: string): string {
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return 'it closes the connection without an answer';
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'there is no way to its address';
  if (code === 'EACCES' || code === 'EPERM') return 'this machine does not let the connection out';
  if (/^HPE_/.test(code)) return 'what answers there is not HTTP';
  if (/^ERR_SSL_|^EPROTO/.test(code)) return 'what answers there does not speak TLS as it should';
  return message === '' ? code : message;
}
