import { setTimeout as pause } from 'node:timers/promises';
import { BenchError } from '../../../base/errors.ts';
import type { Millis, UnixMillis } from '../../../base/units.ts';
import type { JobOutcome, JobProgress, WaitingJob } from '../../../k6/job.ts';
import { compareClocks, type ClockOffset } from './clock.ts';
import type { Exec } from './exec.ts';
import { stateWords } from './poll-words.ts';
import { parsePoll } from './poll.ts';
import { runPart } from './run-part.ts';
import { sayBy } from './say.ts';
import { withDefaults, type Watching } from './watching.ts';

/** One part of a run, at one vantage. */
export interface RemotePart {
  /** From 0; what part 0 runs is in the machine from its boot. */
  readonly part: number;
  readonly job: WaitingJob;
  /** By our clock. */
  readonly startAt: UnixMillis;
  readonly progress: (progress: JobProgress) => void;
  readonly signal: AbortSignal;
}

/** A machine that has booted with the files and the entry program of ours. */
export interface RemoteVantage {
  /** Until it can be told to start. Throws (fault) if it does not come to that. */
  ready(signal: AbortSignal): Promise<void>;
  /** Compares its clock with ours; parts that run afterwards are corrected by it. Takes some seconds. */
  clock(): Promise<ClockOffset>;
  /**
   * Says when to start, watches, and brings the rows into the job's file while they come. Never rejects: a machine
   * that is lost is an outcome, and the rows fetched until then stay.
   */
  runPart(part: RemotePart): Promise<JobOutcome>;
  /** Lets the machine end; one that can't be told ends by itself. */
  release(): Promise<void>;
}

export interface VantageOptions extends Partial<Watching> {
  /** Between questions for the time. */
  readonly clockSpacingMs?: Millis;
}

/** The entry program is there within the second; the call that asks for it may be repeated for long. */
const readyMs = 60_000;

/** The machine behind `exec`. */
export function openVantage(exec: Exec, options: VantageOptions = {}): RemoteVantage {
  const say = sayBy(exec);
  let clock: ClockOffset = { offsetMs: 0, uncertaintyMs: 0 };
  return {
    ready: async (signal) => {
      for (const until = Date.now() + readyMs; Date.now() < until;) {
        signal.throwIfAborted();
        const { state } = parsePoll(await say(stateWords(0)));
        if (state !== 'starting') return;
        await pause(1000, undefined, { signal });
      }
      throw new BenchError(
        'fault',
        'The k6 Machine has started, but its entry program has not.',
        'Look at its log with `fly logs`, and try again.',
      );
    },
    clock: async () => (clock = await compareClocks(say, options.clockSpacingMs)),
    runPart: (part) => runPart(say, part, clock, withDefaults(options)),
    release: async () => {
      await say(['collected']);
    },
  };
}
