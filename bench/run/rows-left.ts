import type { JobOutcome } from '../k6/job.ts';
import type { Plan } from '../plan/plan.ts';

/** What was read of the rows of a job. */
export interface RowsLeft {
  /** After the header. */
  readonly rows: number;
  /** The file ends early. */
  readonly truncated: boolean;
}

/** Every iteration has rows of its own, and so has every one that could not start: half as many is no rounding. */
const fewestShare = 0.5;

/**
 * A job that says it ended well is believed only if it left the rows of it: k6 may end with 0 and write no file, an empty
 * one or a part of it. `left`: undefined where there is no file, a reason where it is none of k6's.
 * Pure.
 */
export function byItsRows(
  job: JobOutcome,
  plan: Plan,
  left: RowsLeft | { readonly reason: string } | undefined,
): JobOutcome {
  if (job.state !== 'completed') return job;
  const reason = left !== undefined && 'reason' in left ? left.reason : whyNotWhole(plan, left);
  return reason === undefined ? job : { state: 'failed', reason, cpu: job.cpu };
}

function whyNotWhole(plan: Plan, left: RowsLeft | undefined): string | undefined {
  const ended = 'k6 ended without an error';
  if (left === undefined) return `${ended} but left no samples`;
  const iterations = iterationsOf(plan);
  if (left.rows === 0) return `${ended} but its samples are empty`;
  if (left.truncated) return `${ended} but its samples break off`;
  if (left.rows >= fewestShare * iterations) return undefined;
  return `${ended} but left ${left.rows} rows of ${Math.round(iterations)} iterations`;
}

const iterationsOf = ({ blocks, rate }: Plan): number =>
  blocks.reduce((sum, { warmUpMs, keepMs }) => sum + ((warmUpMs + keepMs) * rate) / 1000, 0);
