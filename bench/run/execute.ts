import { setTimeout as sleep } from 'node:timers/promises';
import { LeftBehind, messageOf } from '../base/errors.ts';
import { newsMs } from '../base/exit-words.ts';
import type { Millis } from '../base/units.ts';
import { execName } from '../k6/bundle.ts';
import type { JobOutcome, JobProgress, WaitingJob } from '../k6/job.ts';
import { k6Environment, k6Options, type UrlOf } from '../plan/k6-options.ts';
import type { Plan } from '../plan/plan.ts';
import { cutPlanAt } from '../plan/rest-of-plan.ts';
import { judgeCalibration } from '../providers/local/judge-calibration.ts';
import type {
  Calibrating,
  Deployment,
  LagWatching,
  LinkWatch,
  LinkWatching,
  PartWatching,
  Preparing,
  Provider,
  WorldRequest,
} from '../providers/provider.ts';
import type { LagReading } from '../samples/lag.ts';
import type { LinkReading } from '../samples/links.ts';
import type { VantageMachine } from '../samples/manifest.ts';
import type { Calibration } from '../samples/outcome.ts';
import type { PartFailure } from '../samples/part-failure.ts';
import { calmWithinMs, untilCalm } from './calm.ts';
import type { RunEvents } from './events.ts';
import { orPaused } from './paused.ts';
import type { NoticedStandstill } from './watch-standstills.ts';
import { watchTrouble, type EarlyEnd, type Trouble } from './watch-trouble.ts';

/** What is executed, and where. */
export interface Execution {
  readonly plan: Plan;
  readonly provider: Provider;
  readonly world: WorldRequest;
  /** The bundled script. */
  readonly bundle: string;
  /** Where the rows of a vantage belong, in each of the parts that the run may come in. */
  readonly rowsFile: (vantage: string, part: number) => string;
  /**
   * Called once the world is up, before anything is measured: may try the scripts, and decides what is measured. Throws
   * for what can't be measured.
   */
  readonly ready?: (urlOf: UrlOf) => Promise<ReadyPlan>;
  /** A script of the user's makes a summary of its own. */
  readonly hasSummary?: boolean;
  /** Asked after each part: what to measure next, while the world is still up; nothing ends the run. */
  readonly next: (part: MeasuredPart) => Promise<Plan | undefined>;
  /** Hears what emulated links measure, from before the load until after it. */
  readonly seeLinks: (readings: readonly LinkReading[]) => void;
  /** Hears at once of a part that ended or stands still, and when it goes on. */
  readonly partFailed?: (failure: PartFailure) => void;
  /** Hears when the machine stood still. */
  readonly stoodStill?: (standstill: NoticedStandstill) => void;
  readonly events: RunEvents;
  readonly signal: AbortSignal;
}

/** What is measured, after a look at the world that is up. */
export interface ReadyPlan {
  readonly plan: Plan;
  /** How long the scripts' own setup takes, before the agreed start. */
  readonly setupMs: Millis;
  /** Path of the script to run in place of the execution's: with all that vantages elsewhere lack. */
  readonly bundle?: string | undefined;
}

/** How one plan went, vantage by vantage; the rows themselves are in their files. */
export interface MeasuredPart {
  /** From 0. */
  readonly part: number;
  /** What had begun of it, if the machine stood still and all vantages broke off. */
  readonly plan: Plan;
  /** What can still be measured then. */
  readonly rest?: Plan;
  /** The agreed start (Unix ms), from which the plan's times count. */
  readonly startAt: number;
  readonly jobs: ReadonlyMap<string, JobOutcome>;
  /** How far replicas were behind meanwhile; empty where the provider can't tell or there are none. */
  readonly lag: readonly LagReading[];
}

/** What is known of a world once it is down again. */
export interface Executed {
  readonly calibrations: readonly Calibration[];
  readonly machines: readonly VantageMachine[];
  /** Why the world could not be taken down whole; what was measured is none the worse for it. */
  readonly left?: LeftBehind;
}

type AnyDeployment = Deployment &
  Partial<Calibrating & LagWatching & LinkWatching & PartWatching & Preparing>;

/**
 * Executes a plan on a provider: the only loop with side effects. Everything that it brought up is down again when it
 * returns or throws, or it tells why not. An interruption before any load throws; later it returns how far it came.
 */
export async function execute(execution: Execution): Promise<Executed> {
  const { provider, world, events, signal } = execution;
  const deployment: AnyDeployment = await provider.up(world, events, signal);
  // Taking the world down at once, while k6 still flushes its rows, keeps an interruption short.
  const downOnAbort = () => void deployment.down().catch(() => undefined);
  signal.addEventListener('abort', downOnAbort, { once: true });
  const [measured] = await Promise.allSettled([measure(execution, deployment)]);
  signal.removeEventListener('abort', downOnAbort);
  const done = events.step('Taking the world down');
  const [down] = await Promise.allSettled([deployment.down()]);
  done(down.status === 'rejected' ? 'not all of it' : undefined);
  // Of two troubles the one that somebody has to act on.
  const left = down.status === 'rejected' ? leftBehind(down.reason) : undefined;
  if (measured.status === 'rejected') throw left ?? measured.reason;
  const executed = { calibrations: measured.value, machines: deployment.machines?.() ?? [] };
  return left === undefined ? executed : { ...executed, left };
}

const leftBehind = (reason: unknown): LeftBehind =>
  reason instanceof LeftBehind
    ? reason
    : new LeftBehind(messageOf(reason), 'Remove what is left with `bench clean`.', {
        cause: reason,
      });

async function measure(
  execution: Execution,
  deployment: AnyDeployment,
): Promise<readonly Calibration[]> {
  const { signal } = execution;
  const trouble = watchTrouble(deployment, execution);
  let watch: LinkWatch | undefined;
  try {
    const [vantage = ''] = execution.plan.vantages;
    const ready = (await trouble.beforeLoad(
      execution.ready?.(urlsAt(execution.plan, vantage, deployment)),
    )) ?? { plan: execution.plan, setupMs: 0 };
    watch = deployment.watchLinks?.(execution.seeLinks);
    const before = await trouble.beforeLoad(calibrateBefore(execution, deployment));
    signal.throwIfAborted();
    let plan: Plan | undefined = ready.plan;
    for (let part = 0; plan !== undefined; part++) {
      const measured = await launchAll(execution, { ...ready, plan }, part, deployment, trouble);
      plan = await execution.next(measured);
    }
    return [...(before ?? []), ...(await calibrateAfter(execution, deployment, trouble))];
  } finally {
    trouble.stop();
    await watch?.stop();
  }
}

/** What was measured counts without it too. */
async function calibrateAfter(
  execution: Execution,
  deployment: AnyDeployment,
  trouble: Trouble,
): Promise<Calibration[]> {
  if (execution.signal.aborted || trouble.isHopeless()) return [];
  try {
    return await calibrate('after', execution, deployment);
  } catch (error) {
    await sleep(newsMs);
    const isKnown = [execution.signal.aborted, trouble.isHopeless()].includes(true);
    if (!isKnown)
      execution.partFailed?.({
        part: 'The calibration after the measurement',
        how: `failed: ${messageOf(error).replace(/\.$/, '')}`,
        ...{ fromMs: Date.now(), ended: true, spoils: [] },
      });
    return [];
  }
}

/** None where there is nothing to calibrate. */
async function calibrate(
  when: Calibration['when'],
  { events, signal }: Execution,
  deployment: AnyDeployment,
): Promise<Calibration[]> {
  if (deployment.calibrate === undefined) return [];
  const done = events.step(`Calibrating the distances ${when} the measurement`);
  const calibration = await deployment.calibrate(when).catch((error: unknown) => {
    // An interruption takes the links down under it.
    signal.throwIfAborted();
    throw error;
  });
  done();
  return [calibration];
}

/** A world that is still busy with its own start is waited for, but not for long: rounds are judged one by one anyway. */
async function calibrateBefore(
  execution: Execution,
  deployment: AnyDeployment,
): Promise<Calibration[]> {
  const { events, signal } = execution;
  const [first] = await calibrate('before', execution, deployment);
  if (first === undefined || isCalm(first)) return first === undefined ? [] : [first];
  const done = events.step(
    `Waiting until the links are calm, at most ${String(calmWithinMs / 1000)} s`,
  );
  const last = await untilCalm(first, {
    isCalm,
    measure: async () => (await deployment.calibrate?.('before')) ?? first,
    now: () => performance.now(),
    sleep: (ms) => sleep(ms, undefined, { signal }),
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  const off = judgeCalibration(last).length;
  done(off === 0 ? 'calm' : `${off} of ${last.links.length} still off; measuring anyway`);
  return [last];
}

const isCalm = (calibration: Calibration): boolean => judgeCalibration(calibration).length === 0;

async function launchAll(
  execution: Execution,
  { plan, setupMs, bundle = execution.bundle }: ReadyPlan,
  part: number,
  deployment: AnyDeployment,
  trouble: Trouble,
): Promise<MeasuredPart> {
  const { events, signal } = execution;
  const waiting = plan.vantages.map((vantage) =>
    waitingJob({ ...execution, bundle }, plan, vantage, part, deployment),
  );
  await deployment.prepare?.(waiting, signal);
  const startedAt = Date.now();
  const startAt = startedAt + (deployment.leadMs ?? leadMs(plan)) + 1.5 * setupMs;
  events.measuring(plan, startAt);
  const onProgress = (progress: JobProgress) => {
    events.progress(progress);
  };
  const watch = deployment.watchLag?.();
  const ending = trouble.underLoad(plan, startAt);
  const jobs = await Promise.all(
    waiting.map(async (job) => {
      const outcome = await deployment
        .launch({ ...job, startAt }, onProgress, AbortSignal.any([signal, ending]))
        .catch((error: unknown): JobOutcome => ({
          ...{ state: 'failed', reason: messageOf(error), cpu: [] },
        }))
        .then(inPlainWords)
        .then((each) => (signal.aborted ? each : orEnded(each, ending)))
        .then((each) => orPaused(each, trouble.standstills, startedAt));
      const reason = 'reason' in outcome ? `: ${outcome.reason}` : '';
      events.finished(job.vantage, `${outcome.state}${reason}`);
      return [job.vantage, outcome] as const;
    }),
  );
  const lag = (await watch?.stop()) ?? [];
  const underLoad = lag.filter(({ atUs }) => atUs >= 1000 * startAt);
  const measured = { part, startAt, jobs: new Map(jobs), lag: underLoad };
  const states = jobs.map(([, { state }]) => state);
  if (!states.includes('paused') || states.some((s) => s !== 'paused' && s !== 'failed'))
    return { ...measured, plan };
  // A round that began after the standstill can be measured as a whole.
  const since = trouble.standstills.at(-1)?.toMs ?? Date.now();
  const { begun, rest } = cutPlanAt(plan, since - startAt);
  return { ...measured, plan: begun, ...(rest === undefined ? {} : { rest }) };
}

/** Why a job ended early, if it was made to. */
function orEnded(outcome: JobOutcome, ending: AbortSignal): JobOutcome {
  if (outcome.state !== 'interrupted' || !ending.aborted) return outcome;
  const { state, reason } = ending.reason as EarlyEnd;
  return { state, reason, cpu: outcome.cpu };
}

/** Why a job failed is said in the middle of sentences. */
const inPlainWords = (outcome: JobOutcome): JobOutcome =>
  outcome.state === 'failed' ? { ...outcome, reason: outcome.reason.replace(/\.$/, '') } : outcome;

/** k6 compiles the script in every VU before it can start; many vantages share this machine's processors. */
const leadMs = (plan: Plan): number => 1500 + plan.vantages.length * (150 + 5 * plan.vus);

function waitingJob(
  { bundle, rowsFile, hasSummary = false }: Execution,
  plan: Plan,
  vantage: string,
  part: number,
  deployment: Deployment,
): WaitingJob {
  const urlOf = urlsAt(plan, vantage, deployment);
  const execOf = (scenario: string) =>
    execName(plan.scenarios.findIndex(({ name }) => name === scenario));
  return {
    vantage,
    bundle,
    rowsFile: rowsFile(vantage, part),
    options: k6Options(plan, urlOf, execOf),
    durationMs: plan.durationMs,
    loadMs: Math.max(
      0,
      ...plan.blocks.map((block) => block.startMs + block.warmUpMs + block.keepMs),
    ),
    env: k6Environment(plan, vantage, urlOf),
    ...(hasSummary ? { hasSummary } : {}),
  };
}

const urlsAt =
  (plan: Plan, vantage: string, deployment: Deployment): UrlOf =>
  (name) => {
    const target = plan.targets.find((t) => t.name === name);
    if (target?.kind === 'url') return target.url;
    return deployment.urlOf(target?.sameAs ?? name, vantage);
  };
