import type { UnixMillis } from '../base/units.ts';
import type { JobOutcome } from '../k6/job.ts';
import type { Standstill } from '../samples/standstill.ts';

/** Blocks that were due while k6 stood still begin all at once; they need more users than there are, and k6 gives up. */
const tooMany = 'could not get a VU from the buffer';

/**
 * The outcome of a job, where it failed for no other reason than that its machine stood still since `startedAt`: then
 * another part can go on. k6 that could not stand it ends by itself.
 */
export function orPaused(
  outcome: JobOutcome,
  standstills: readonly Standstill[],
  startedAt: UnixMillis,
): JobOutcome {
  if (outcome.state !== 'failed' || outcome.reason.includes('killed')) return outcome;
  const during = standstills.some(({ fromMs, toMs }) => Math.max(fromMs, toMs) >= startedAt);
  if (!during && !outcome.reason.includes(tooMany)) return outcome;
  return { ...outcome, state: 'paused', reason: `the machine stood still (${outcome.reason})` };
}
