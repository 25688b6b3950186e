import type { Bundle } from '../../k6/bundle.ts';
import type { UrlOf } from '../../plan/k6-options.ts';
import type { ReadyPlan } from '../../run/execute.ts';
import { tryScripts } from '../../run/try-scripts.ts';
import type { Measurement } from '../measure.ts';
import type { Progress } from '../progress.ts';

/** A world that is up, and the scripts that are to run in it. */
export interface Ready {
  readonly measurement: Measurement;
  readonly bundle: Bundle;
  /** Path of a k6 on this machine. */
  readonly k6: string | undefined;
  readonly urlOf: UrlOf;
}

/** Tries users' scripts before anything is measured, and plans for how long they take. */
export async function readyPlan(
  { measurement, bundle, k6, urlOf }: Ready,
  progress: Progress,
  signal: AbortSignal,
): Promise<ReadyPlan> {
  const { plan, replan } = measurement;
  if (!plan.scenarios.some(({ own }) => own === true)) return { plan, setupMs: 0 };
  if (k6 === undefined) {
    progress.note('The script was not tried first: there is no k6 on this machine (bench doctor).');
    return { plan, setupMs: 0 };
  }
  const done = progress.step('Trying the script once');
  const tried = await tryScripts(
    { plan, k6, script: bundle.script, imports: bundle.imports, urlOf },
    signal,
  );
  done();
  if (tried === undefined) return { plan, setupMs: 0 };
  if (tried.replaced.length > 0)
    progress.note(
      `The plan takes the place of the script's ${tried.replaced.join(', ')}: ${plan.rate} iterations a second from each region, on each target in turn.`,
    );
  const { scenarios } = tried.plan;
  const timed = replan?.({ answerMs: tried.iterationMs }) ?? plan;
  return { plan: { ...timed, scenarios }, setupMs: tried.setupMs };
}
