import { BenchError } from '../base/errors.ts';
import type { Millis } from '../base/units.ts';
import { execName } from '../k6/bundle.ts';
import { runTrial, trialLimitMs } from '../k6/trial.ts';
import { blockTags, ownScriptEnvironment, type UrlOf } from '../plan/k6-options.ts';
import type { Plan } from '../plan/plan.ts';
import { withRequests } from '../samples/script-tally.ts';
import { judgeTrial, type TrialFault } from './judge-trial.ts';

/** What is tried, and with what. */
export interface ScriptTrial {
  readonly plan: Plan;
  /** Path of the k6 that tries it. */
  readonly k6: string;
  readonly script: string;
  /** Modules of k6 that users' scripts import. */
  readonly imports: readonly string[];
  readonly urlOf: UrlOf;
}

/** What one iteration showed. */
export interface Tried {
  /** With the requests of the scripts. */
  readonly plan: Plan;
  /** The longest iteration. */
  readonly iterationMs: Millis;
  readonly setupMs: Millis;
  /** Options of the scripts that the schedule replaces. */
  readonly replaced: readonly string[];
  /** Files that the scripts open. */
  readonly opened: readonly string[];
  /** Targets on which a script fails though it works on others: why. */
  readonly failed: ReadonlyMap<string, string>;
}

/**
 * Runs each user's script once on each target, so that what can't be measured is known within a second or two and not
 * after the whole plan. Undefined where the plan has no such script. Throws a BenchError (usage) if a script works on no
 * target.
 */
export async function tryScripts(
  trial: ScriptTrial,
  signal: AbortSignal,
): Promise<Tried | undefined> {
  const { plan, imports } = trial;
  const fit = plan.targets.filter(({ leftOut }) => leftOut === undefined);
  const targets = fit.map(({ name }) => name);
  if (!plan.scenarios.some(({ own }) => own === true)) return undefined;
  let found = await once(trial, signal);
  let faults = judgeTrial(found, targets, imports);
  if (faults.some(({ target }) => target !== undefined)) {
    // Once may be chance: one answer in many may fail. Twice is a fault.
    found = await once(trial, signal);
    faults = judgeTrial(found, targets, imports);
  }
  const failed = new Map(faults.map(({ target = '', what }) => [target, what.replace(/\.$/, '')]));
  if (failed.has('') || failed.size === targets.length) throw refusal(faults, targets.length);
  const requests = new Map<string, Map<string, number>>();
  for (const { scenario, step, target } of found.samples) {
    if (failed.has(target)) continue;
    const counts = requests.get(scenario) ?? new Map<string, number>();
    counts.set(step, (counts.get(step) ?? 0) + 1);
    requests.set(scenario, counts);
  }
  return {
    plan: withRequests(plan, requests),
    iterationMs: Math.max(0, ...found.iterationMs.values()),
    ...{ setupMs: found.setupMs, replaced: found.replaced, opened: found.opened, failed },
  };
}

function once({ plan, k6, script, urlOf }: ScriptTrial, signal: AbortSignal) {
  const scenarios = plan.targets.flatMap(({ name: target, leftOut }, copy) =>
    plan.scenarios.flatMap(({ name: scenario, own }, index) =>
      own === true && leftOut === undefined
        ? [[`t${copy}-${index}`, oneIteration(target, scenario, copy, index)] as const]
        : [],
    ),
  );
  const options = {
    scenarios: Object.fromEntries(scenarios),
    systemTags: ['status', 'error_code', 'vu', 'iter'],
  };
  const env = {
    ...ownScriptEnvironment(plan, urlOf),
    BENCH_TIMEOUT_MS: String(plan.requestTimeoutMs),
  };
  return runTrial({ k6, script, options, env }, signal);
}

const oneIteration = (target: string, scenario: string, copy: number, index: number) => ({
  executor: 'per-vu-iterations',
  vus: 1,
  iterations: 1,
  maxDuration: `${trialLimitMs}ms`,
  gracefulStop: '0s',
  exec: execName(index),
  tags: blockTags({ target, scenario, round: 0 }),
  env: { BENCH_COPY: String(copy), BENCH_BLOCK_MS: String(trialLimitMs) },
});

/** The same fault on several targets is one. */
function refusal(faults: readonly TrialFault[], targets: number): BenchError {
  const texts = new Map<string, { fix: string; on: string[] }>();
  for (const { what, fix, target } of faults) {
    const known = texts.get(what) ?? { fix, on: [] };
    if (target !== undefined) known.on.push(target);
    texts.set(what, known);
  }
  const where = (on: readonly string[]) =>
    on.length === 0 || targets === 1 || on.length === targets ? '' : `${on.join(', ')}: `;
  return new BenchError(
    'usage',
    [...texts].map(([what, { on }]) => where(on) + what).join('\n'),
    [...new Set([...texts.values()].map(({ fix }) => fix))].join('\n'),
  );
}
