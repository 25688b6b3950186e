import { seededRandom } from '../base/random.ts';
import type { RegionCode } from '../world/regions.ts';
import { secretsOfPlan } from './mask-plan.ts';
import type { Plan, PlannedBlock } from './plan.ts';

/** Where the load of one vantage goes: target name → base URL. */
export type UrlOf = (target: string) => string;

/**
 * The schedule of one vantage as k6 options: one `constant-arrival-rate` scenario per block, on one pool of VUs.
 * `execOf` names the function of the bundle that runs a scenario.
 */
export function k6Options(
  plan: Plan,
  urlOf: UrlOf,
  execOf: (scenario: string) => string,
): Record<string, unknown> {
  return {
    scenarios: Object.fromEntries(
      plan.blocks.map((block) => [
        `r${block.round}-${block.order}`,
        k6Scenario(plan, block, urlOf(block.target), execOf(block.scenario)),
      ]),
    ),
    systemTags: ['status', 'error_code', 'vu', 'iter'],
    discardResponseBodies: true,
    noCookiesReset: false,
    // Setup sleeps until the agreed start.
    setupTimeout: '120s',
    teardownTimeout: '10s',
    thresholds: {},
  };
}

function k6Scenario(
  plan: Plan,
  block: PlannedBlock,
  url: string,
  exec: string,
): Record<string, unknown> {
  const scenario = plan.scenarios.find(({ name }) => name === block.scenario);
  return {
    executor: 'constant-arrival-rate',
    exec,
    rate: plan.rate,
    timeUnit: '1s',
    duration: `${block.warmUpMs + block.keepMs}ms`,
    startTime: `${block.startMs}ms`,
    gracefulStop: `${block.drainMs}ms`,
    // As many as the rate asks for and no more: each further VU would bring cold connections.
    preAllocatedVUs: plan.vus,
    maxVUs: plan.vus,
    tags: blockTags(block),
    env: {
      ...(scenario?.own === true
        ? { BENCH_COPY: String(plan.targets.findIndex(({ name }) => name === block.target)) }
        : { ...scenario?.env, TARGET_URL: url }),
      // From these a request knows whether it counts, and how long it may wait.
      BENCH_WARM_UP_MS: String(block.warmUpMs),
      BENCH_KEEP_MS: String(block.keepMs),
      BENCH_BLOCK_MS: String(block.warmUpMs + block.keepMs + block.drainMs),
    },
  };
}

/** What names a block in each of its rows; k6 itself escapes nothing. */
export function blockTags({
  target,
  scenario,
  round,
}: Pick<PlannedBlock, 'target' | 'scenario' | 'round'>): Record<string, string> {
  return {
    bench_target: encodeURIComponent(target),
    bench_scenario: encodeURIComponent(scenario),
    bench_round: String(round),
  };
}

/** Environment of the k6 process: what is the same in all blocks. */
export function k6Environment(
  plan: Plan,
  vantage: RegionCode,
  urlOf: UrlOf,
): Record<string, string> {
  return {
    ...ownScriptEnvironment(plan, urlOf),
    ...(plan.vantages.length > 1 ? { BENCH_SUMMARY_SUFFIX: vantage } : {}),
    BENCH_VANTAGE: vantage,
    BENCH_SEED: String(seededRandom(plan.seed).fork(`k6 ${vantage}`).int(0, 0x7fffffff)),
    BENCH_JITTER_S: String(1 / plan.rate),
    BENCH_TIMEOUT_MS: String(plan.requestTimeoutMs),
    ...(plan.allowStatus === undefined ? {} : { BENCH_ALLOW_STATUS: plan.allowStatus.join() }),
    ...(plan.follow === true ? { BENCH_FOLLOW: '1' } : {}),
  };
}

/** What users' scripts read where they begin: their settings, and each target's base URL (`k6lib/own/context.ts`). */
export function ownScriptEnvironment(plan: Plan, urlOf: UrlOf): Record<string, string> {
  const own = plan.scenarios.filter((scenario) => scenario.own === true);
  if (own.length === 0) return {};
  return {
    BENCH_TARGETS: JSON.stringify(
      Object.fromEntries(plan.targets.map(({ name }) => [name, urlOf(name)])),
    ),
    // Taken out of all that is written of requests, checks and errors (`k6lib/own/masked.ts`).
    BENCH_SECRETS: JSON.stringify(secretsOfPlan(plan)),
    BENCH_SCRIPT_ENV: JSON.stringify(Object.assign({}, ...own.map(({ env }) => env))),
  };
}
