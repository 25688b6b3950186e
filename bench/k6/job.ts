import type { UnixMillis } from '../base/units.ts';
import type { CpuShare } from '../samples/invalidity.ts';

/** Everything one k6 process needs: it runs the whole schedule of one vantage. */
export interface K6Job {
  readonly vantage: string;
  /** Path of the bundled script. */
  readonly bundle: string;
  /** Where k6's rows belong (.csv.gz); they come plain (.csv) from a k6 on this machine, and are packed later. */
  readonly rowsFile: string;
  /** k6 options as JSON: `options.scenarios` with start times and tags. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The agreed wall-clock start of all vantages. */
  readonly startAt: UnixMillis;
  /** When the last block has ended, counted from `startAt`. */
  readonly durationMs: number;
  /** When the last request may be sent, counted from `startAt`: a k6 that ends before has not run it all. */
  readonly loadMs?: number;
  readonly env: Readonly<Record<string, string>>;
  /** The user's script makes a summary of its own when it ends. */
  readonly hasSummary?: boolean;
}

/** A job before it is agreed when to start. */
export type WaitingJob = Omit<K6Job, 'startAt'>;

/** How a job went; the rows that were written until then stay in its file either way. */
export type JobOutcome =
  | {
      readonly state: 'completed';
      readonly cpu: readonly CpuShare[];
      /** Metrics whose thresholds in the user's script were crossed, as k6 calls them. */
      readonly crossed?: readonly string[];
    }
  | { readonly state: 'interrupted'; readonly cpu: readonly CpuShare[] }
  /** It broke off since its machine stood still, or the clock jumped; another part can go on from there. */
  | { readonly state: 'paused'; readonly reason: string; readonly cpu: readonly CpuShare[] }
  | { readonly state: 'failed'; readonly reason: string; readonly cpu: readonly CpuShare[] };

/** What a running job tells while it runs. */
export interface JobProgress {
  readonly vantage: string;
  readonly iterations: number;
  readonly elapsedMs: number;
}
