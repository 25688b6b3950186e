import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { BenchError, messageOf } from '../../base/errors.ts';
import type { Millis, UnixMillis } from '../../base/units.ts';
import type { JobOutcome, JobProgress, K6Job, WaitingJob } from '../../k6/job.ts';
import type { VantageMachine } from '../../samples/manifest.ts';
import type { Vantage } from '../../world/vantage.ts';
import type { FlyRun } from './index.ts';
import type { ProviderEvents } from '../provider.ts';
import { makeMachine, openMachine, type Launched, type Opening } from './launch-machine.ts';
import type { Uploads } from './vantage/by-storage.ts';
import { uploadFolder } from './vantage/piece-name.ts';

/** What telling the machines of the end may cost. */
const releaseMs: Millis = 5000;

/** The machines of one run: one a vantage, made once, used for every part of the run. */
export class Fleet {
  private readonly launched = new Map<Vantage, Launched>();
  private readonly failed = new Map<Vantage, string>();
  private readonly partsOf = new Map<Vantage, number>();
  /** In the order asked for; they get ready in any. */
  private readonly wanted: Vantage[] = [];
  private readonly making: Promise<unknown>[] = [];
  private readonly ending = new AbortController();
  private readonly hungUp = new AbortController();
  private readonly run: FlyRun;
  private readonly events: ProviderEvents;

  constructor(run: FlyRun, events: ProviderEvents) {
    this.run = run;
    this.events = events;
    // Every machine listens; that is no leak.
    setMaxListeners(0, this.hungUp.signal);
  }

  /** Makes the machines that are not there yet; throws if there is none in the end. */
  async launch(jobs: readonly WaitingJob[], signal: AbortSignal): Promise<void> {
    this.wanted.push(...jobs.map(({ vantage }) => vantage));
    // The first that fails for all of them ends the wait; those in the making are ended by end().
    const untilEnd = AbortSignal.any([signal, this.ending.signal]);
    setMaxListeners(0, untilEnd);
    await Promise.all(jobs.map((job) => this.launchOne(job, untilEnd)));
    signal.throwIfAborted();
    if (this.launched.size === 0) throw this.noMachine();
  }

  /** The vantages of which nothing has been tried yet. */
  missing(jobs: readonly WaitingJob[]): WaitingJob[] {
    return jobs.filter(({ vantage }) => !this.launched.has(vantage) && !this.failed.has(vantage));
  }

  async runJob(
    job: K6Job,
    progress: (progress: JobProgress) => void,
    signal: AbortSignal,
  ): Promise<JobOutcome> {
    const { vantage, startAt } = job;
    const here = this.launched.get(vantage);
    if (here === undefined) {
      const reason = this.failed.get(vantage) ?? 'there is no machine';
      return { state: 'failed', reason, cpu: [] };
    }
    const part = this.partsOf.get(vantage) ?? 0;
    this.partsOf.set(vantage, part + 1);
    return here.remote.runPart({ part, job, startAt, progress, signal });
  }

  machines(): VantageMachine[] {
    return this.wanted.flatMap((vantage) => this.launched.get(vantage)?.machine ?? []);
  }

  /**
   * Enough to tell every machine when to start, twice if an answer gets lost, and for k6 to load the script there; ms.
   * The clocks' uncertainty is half of a call's quickest round trip.
   */
  leadMs(): number {
    const slowest = Math.max(...this.machines().map(({ clock }) => clock?.uncertaintyMs ?? 0));
    return Math.min(15_000, 4_000 + 20 * slowest);
  }

  failures(): ReadonlyMap<Vantage, string> {
    return this.failed;
  }

  /**
   * Waits for what is being made, so that it can be found, and tells every machine that nobody needs it any more: one
   * that can't be told ends by itself later. From then on nothing is said to any of them.
   */
  async end(): Promise<void> {
    this.ending.abort(new Error('the run is over'));
    await Promise.allSettled(this.making);
    const released = [...this.launched.values()].map(({ remote }) => remote.release());
    await Promise.race([Promise.allSettled(released), pause(releaseMs, undefined, { ref: false })]);
    this.hungUp.abort();
  }

  private async launchOne(job: WaitingJob, signal: AbortSignal): Promise<void> {
    try {
      const making = makeMachine(this.run, job, signal);
      this.making.push(making);
      const opening: Opening = {
        ...{ signal, hungUp: this.hungUp.signal, uploads: this.uploads(job) },
        silent: (until, why) => {
          this.events.step(`${job.vantage} does not answer`)(silence(until, why));
        },
      };
      this.launched.set(job.vantage, await openMachine(this.run, job, await making, opening));
    } catch (error) {
      // What is wrong with the account or the request is wrong in every region.
      if (signal.aborted || (error instanceof BenchError && error.kind === 'usage')) throw error;
      this.failed.set(job.vantage, messageOf(error));
    }
  }

  private uploads({ vantage }: WaitingJob): Uploads | undefined {
    const { storage, runId } = this.run;
    if (storage === undefined) return undefined;
    return {
      storage,
      folder: uploadFolder(runId, vantage),
      step: (title) => this.events.step(title),
    };
  }

  private noMachine(): BenchError {
    const reasons = [...this.failed].map(([vantage, reason]) => `${vantage}: ${reason}`);
    return new BenchError(
      'fault',
      `No machine could be had. ${reasons.join('; ')}`,
      'Try again later, or from other --regions.',
    );
  }
}

/** In UTC, as all times that the commands print. */
const silence = (until: UnixMillis, why: string): string =>
  `${why.replace(/\.$/, '')}; its Machine keeps its samples until ${new Date(until).toISOString().slice(11, 16)} UTC: trying on`;
