import type { Conditions } from '../unlike.ts';
import { averaged } from './averaged.ts';
import {
  baselineSchema,
  windowLength,
  type AcceptedRun,
  type Baseline,
  type KeptRun,
} from './baseline.ts';

/** Adds a run to the baseline, or begins one. A run that is in it already takes its own place again. */
export function accept(
  before: Baseline | undefined,
  run: KeptRun,
  conditions: Conditions,
): Baseline {
  const others = (before?.window ?? []).filter(({ runId }) => runId !== run.runId);
  const window = [...others, averaged(run)].sort(byTime).slice(-windowLength);
  const isNewest = window.at(-1)?.runId === run.runId;
  return {
    schema: baselineSchema,
    conditions: before?.conditions ?? conditions,
    fixed: before === undefined || before.fixed.runId === run.runId ? run : before.fixed,
    newest: before === undefined || isNewest ? run : before.newest,
    window,
  };
}

const byTime = (a: AcceptedRun, b: AcceptedRun): number =>
  a.startedAtIso < b.startedAtIso ? -1 : Number(a.startedAtIso > b.startedAtIso);
