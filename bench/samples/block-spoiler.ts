import type { UnixMillis } from '../base/units.ts';
import type { Plan } from '../plan/plan.ts';
import type { LinkReading } from './links.ts';
import type { Manifest } from './manifest.ts';
import { offBlocks, offReason, type OffBlock } from './off-blocks.ts';
import type { Spoilt } from './outcomes.ts';
import { failureReason, isSpoiltDuring, type PartFailure } from './part-failure.ts';
import { standstillReason, whileRunning, type Standstill } from './standstill.ts';

/** What happened around a part of a run while it was measured. */
export interface Surroundings {
  readonly failures: readonly PartFailure[];
  readonly standstills: readonly Standstill[];
  readonly links: readonly LinkReading[];
}

/** The blocks that a link was off for; probes that were under way while the machine stood still say nothing of it. */
export const offBlocksIn = (
  run: Pick<Manifest, 'rtt' | 'plan'>,
  startAt: UnixMillis,
  { links, standstills }: Pick<Surroundings, 'links' | 'standstills'>,
): OffBlock[] =>
  offBlocks(
    run,
    startAt,
    whileRunning(links, ({ rttMs }) => rttMs, standstills),
  );

/** What tells a vantage's blocks that can't be used because of what happened around them. */
export function spoiltBy(
  plan: Plan,
  vantage: string,
  { failures, standstills }: Pick<Surroundings, 'failures' | 'standstills'>,
  off: readonly OffBlock[],
): Spoilt {
  return (block, span, gaps, spans) => {
    const { target, round } = block;
    const during = failures.filter((failure) =>
      isSpoiltDuring(failure, plan, { target, vantage }, span),
    );
    const gone = during.find(({ ended }) => ended);
    if (gone !== undefined) return { reason: failureReason(gone), fault: 'part' };
    const stood = standstillReason(span, gaps, spans, standstills);
    if (stood !== undefined) return { reason: stood, fault: 'machine' };
    // A network that stood still for a while had links that were off: the figure says more.
    const found = off.find(
      (one) => one.vantage === vantage && one.target === target && one.round === round,
    );
    if (found !== undefined) return { reason: offReason(found) };
    const [paused] = during;
    return paused && { reason: failureReason(paused), fault: 'part' };
  };
}
