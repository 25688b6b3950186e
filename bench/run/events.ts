import type { JobProgress } from '../k6/job.ts';
import type { Plan } from '../plan/plan.ts';
import type { ProviderEvents } from '../providers/provider.ts';

/** What a person watching a run may want to know, as it happens. */
export interface RunEvents extends ProviderEvents {
  /** Load begins at `startAt` (Unix ms) at every vantage. */
  measuring(plan: Plan, startAt: number): void;
  progress(progress: JobProgress): void;
  /** A vantage is done, well or not. */
  finished(vantage: string, state: string): void;
}
