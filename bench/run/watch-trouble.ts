import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../base/errors.ts';
import { newsMs } from '../base/exit-words.ts';
import { orAborted } from '../base/or-aborted.ts';
import type { UnixMillis } from '../base/units.ts';
import type { JobOutcome } from '../k6/job.ts';
import type { Plan } from '../plan/plan.ts';
import type { Deployment, PartWatching } from '../providers/provider.ts';
import { describeFailure, failureReason, type PartFailure } from '../samples/part-failure.ts';
import type { Standstill } from '../samples/standstill.ts';
import { watchStandstills, type NoticedStandstill } from './watch-standstills.ts';

/** Why every job of a part is made to end early, and what that makes of it. */
export interface EarlyEnd {
  readonly state: Extract<JobOutcome, { readonly reason: string }>['state'];
  readonly reason: string;
}

/** What goes wrong around a measurement while it runs. */
export interface Trouble {
  /** So far. */
  readonly standstills: readonly Standstill[];
  /** Whether nothing can be measured any more. */
  isHopeless(): boolean;
  /** A step before any load: rejects (fault) at once if a part that is needed ends meanwhile. */
  beforeLoad<T>(step: Promise<T> | undefined): Promise<T | undefined>;
  /** Load begins: the signal aborts, with an {@link EarlyEnd}, when it must end early. */
  underLoad(plan: Pick<Plan, 'blocks'>, startAt: UnixMillis): AbortSignal;
  stop(): void;
}

/** Who hears of it. */
export interface TroubleEvents {
  /** Hears at once of a part that ended or stands still, and when it goes on. */
  readonly partFailed?: ((failure: PartFailure) => void) | undefined;
  /** Hears when the machine stood still. */
  readonly stoodStill?: ((standstill: NoticedStandstill) => void) | undefined;
  /** Aborted: what ends from now on was made to. */
  readonly signal: AbortSignal;
}

/** Watches over the parts of a deployment and over the machine's clock. */
export function watchTrouble(
  deployment: Deployment & Partial<PartWatching>,
  { partFailed, stoodStill, signal }: TroubleEvents,
): Trouble {
  const standstills: Standstill[] = [];
  const fatal = new AbortController();
  const hopeless = new AbortController();
  let ending = new AbortController();
  let startsOf = (): readonly UnixMillis[] => [];
  const end = (early: EarlyEnd): void => {
    ending.abort(early);
  };
  const parts = deployment.watchParts?.((failure) => {
    if (signal.aborted) return;
    partFailed?.(failure);
    if (!failure.ended || failure.spoils.length === 0) return;
    fatal.abort(fatalError(failure));
    if (failure.spoils !== 'everything') return;
    hopeless.abort();
    end({ state: 'failed', reason: failureReason(failure) });
  });
  const clock = watchStandstills((standstill) => {
    if (deployment.isHere !== true) return;
    standstills.push(standstill);
    stoodStill?.(standstill);
    // Blocks are located by the clock: what k6 measures from now on would be looked for in the wrong place.
    if (standstill.jumped) end({ state: 'paused', reason: 'the clock of the machine jumped' });
    // They begin all at once now, and disturb those that come after: the rest is better begun anew.
    else if (startsOf().some((at) => at >= standstill.fromMs && at <= standstill.toMs))
      end({ state: 'paused', reason: 'the machine stood still' });
  });
  return {
    standstills,
    isHopeless: () => hopeless.signal.aborted,
    beforeLoad: (step) => orFatal(step, fatal.signal),
    underLoad: ({ blocks }, startAt) => {
      startsOf = () => blocks.map(({ startMs }) => startAt + startMs);
      ending = new AbortController();
      if (hopeless.signal.aborted)
        end({ state: 'failed', reason: 'a part that is needed has ended' });
      return ending.signal;
    },
    stop: () => {
      parts?.stop();
      clock.stop();
    },
  };
}

const fatalError = (failure: PartFailure): BenchError =>
  new BenchError(
    'fault',
    `${describeFailure(failure).replace(/\.$/, '')}, before anything was measured.`,
    'Run it again; bench doctor looks for what this machine lacks.',
  );

async function orFatal<T>(
  step: Promise<T> | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  signal.throwIfAborted();
  // The step's own error may only be how it came to hear of the same.
  const own = step?.catch(async (error: unknown) => {
    await sleep(newsMs);
    signal.throwIfAborted();
    throw error;
  });
  return own && orAborted(own, signal);
}
