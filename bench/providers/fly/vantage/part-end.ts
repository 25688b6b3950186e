import type { JobOutcome } from '../../../k6/job.ts';
import { crossedIn, messageIn, thresholdsCrossed } from '../../../k6/said.ts';
import type { Poll } from './poll.ts';

/** An outcome before the processor's share is known. */
export type PartEnd = JobOutcome extends infer O
  ? O extends JobOutcome
    ? Omit<O, 'cpu'>
    : never
  : never;

/** What came of k6, by its last poll; undefined: it did not end, though it was told to. */
export function partEnd(
  done: Poll | undefined,
  { isInterrupted, isStopped }: { readonly isInterrupted: boolean; readonly isStopped: boolean },
): PartEnd {
  if (isInterrupted) return { state: 'interrupted' };
  if (done === undefined) return failed('k6 did not end in time and could not be stopped');
  if (isStopped) return failed('k6 did not end in time');
  const { exit } = done;
  if (exit === undefined) return failed('k6 ended, nobody knows how');
  if (exit.isCut) return failed('its rows could not be packed');
  if (exit.code === 0) return { state: 'completed' };
  if (exit.code === thresholdsCrossed)
    return { state: 'completed', crossed: crossedIn(exit.error) };
  const said = messageIn(exit.error);
  return failed(`k6 ended with exit code ${exit.code}${said === '' ? '' : `: ${said}`}`);
}

const failed = (reason: string): PartEnd => ({ state: 'failed', reason });
