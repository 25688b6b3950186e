import type { Sample } from '../../samples/sample.ts';

/** The statuses that k6 follows. */
const redirects = new Set([301, 302, 303, 307, 308]);

/** Where the answer to a request may lead k6 before the script sees it. */
export type Lead = 'nowhere' | 'through-redirect' | 'through-challenge';

/** Whether a request is where the one before it, of the same iteration, was redirected to. */
export function isHop(before: Sample, next: Sample, lead: Lead): boolean {
  const leads =
    redirects.has(before.status) || (before.status === 401 && lead === 'through-challenge');
  return (
    lead !== 'nowhere' &&
    leads &&
    before.step === next.step &&
    before.target === next.target &&
    before.scenario === next.scenario &&
    before.round === next.round
  );
}

/**
 * A redirect and what it led to as the one request that a visitor waits for: all that came before the last answer's
 * first byte is waiting, the last request's own connection included. What the redirects took to open theirs is in
 * `connecting` and `tls`, so that one that opened any is cold; of `blocked` and `sending`, which come before the waiting,
 * only the first's are left.
 */
export function joinHop(before: Sample, next: Sample): Sample {
  const passed = before.waitingMs + before.receivingMs;
  return {
    ...next,
    hops: (before.hops ?? 0) + 1,
    blockedMs: before.blockedMs,
    sendingMs: before.sendingMs,
    connectingMs: before.connectingMs + next.connectingMs,
    tlsMs: before.tlsMs + next.tlsMs,
    waitingMs: passed + next.blockedMs + next.sendingMs + next.waitingMs,
  };
}
