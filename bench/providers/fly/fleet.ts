import { BenchError, messageOf } from '../../base/errors.ts';
import type { JobOutcome, JobProgress, K6Job, WaitingJob } from '../../k6/job.ts';
import type { VantageMachine } from '../../samples/manifest.ts';
import type { Vantage } from '../../world/vantage.ts';
import type { FlyRun } from './index.ts';
import { launchMachine, type Launched } from './launch-machine.ts';

/** The machines of one run: one a vantage, made once, used for every part of the run. */
export class Fleet {
  private readonly launched = new Map<Vantage, Launched>();
  private readonly failed = new Map<Vantage, string>();
  private readonly partsOf = new Map<Vantage, number>();
  private readonly run: FlyRun;

  constructor(run: FlyRun) {
    this.run = run;
  }

  /** Makes the machines that are not there yet; throws if there is none in the end. */
  async launch(jobs: readonly WaitingJob[], signal: AbortSignal): Promise<void> {
    await Promise.all(jobs.map((job) => this.launchOne(job, signal)));
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
    return [...this.launched.values()].map(({ machine }) => machine);
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

  /** Tells every machine that nobody needs it any more; one that can't be told ends by itself later. */
  async release(): Promise<void> {
    await Promise.allSettled([...this.launched.values()].map(({ remote }) => remote.release()));
  }

  private async launchOne(job: WaitingJob, signal: AbortSignal): Promise<void> {
    try {
      this.launched.set(job.vantage, await launchMachine(this.run, job, signal));
    } catch (error) {
      // What is wrong with the account or the request is wrong in every region.
      if (signal.aborted || (error instanceof BenchError && error.kind === 'usage')) throw error;
      this.failed.set(job.vantage, messageOf(error));
    }
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
