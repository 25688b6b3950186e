import { messageOf } from '../base/errors.ts';
import { execName } from '../k6/bundle.ts';
import type { JobOutcome, JobProgress, K6Job } from '../k6/job.ts';
import { k6Environment, k6Options } from '../plan/k6-options.ts';
import type { Plan } from '../plan/plan.ts';
import type { Calibrating, Deployment, Provider, WorldRequest } from '../providers/provider.ts';
import type { Calibration } from '../samples/outcome.ts';
import type { RunEvents } from './events.ts';

/** What is executed, and where. */
export interface Execution {
  readonly plan: Plan;
  readonly provider: Provider;
  readonly world: WorldRequest;
  /** The bundled script. */
  readonly bundle: string;
  /** Where the rows of a vantage belong. */
  readonly rowsFile: (vantage: string) => string;
  readonly events: RunEvents;
  readonly signal: AbortSignal;
}

/** How it went, vantage by vantage; the rows themselves are in their files. */
export interface Measured {
  /** The agreed start (Unix ms), from which the plan's times count. */
  readonly startAt: number;
  readonly jobs: ReadonlyMap<string, JobOutcome>;
  readonly calibrations: readonly Calibration[];
}

/**
 * Executes a plan on a provider: the only loop with side effects. Everything that it brought up is down again when it
 * returns or throws. An interruption before any load throws; later it returns how far it came.
 */
export async function execute(execution: Execution): Promise<Measured> {
  const { provider, world, events, signal } = execution;
  const deployment = await provider.up(world, events, signal);
  // Taking the world down at once, while k6 still flushes its rows, keeps an interruption short.
  const downOnAbort = () => void deployment.down();
  signal.addEventListener('abort', downOnAbort, { once: true });
  try {
    return await measure(execution, deployment);
  } finally {
    signal.removeEventListener('abort', downOnAbort);
    const done = events.step('Taking the world down');
    await deployment.down();
    done();
  }
}

async function measure(
  execution: Execution,
  deployment: Deployment & Partial<Calibrating>,
): Promise<Measured> {
  const { events, signal } = execution;
  const calibrations: Calibration[] = [];
  const calibrate = async (when: Calibration['when']) => {
    if (deployment.calibrate === undefined) return;
    const done = events.step(`Calibrating the distances ${when} the measurement`);
    calibrations.push(await deployment.calibrate(when));
    done();
  };
  await calibrate('before');
  signal.throwIfAborted();
  const { startAt, jobs } = await launchAll(execution, deployment);
  if (!signal.aborted) await calibrate('after');
  return { startAt, jobs, calibrations };
}

async function launchAll(
  execution: Execution,
  deployment: Deployment,
): Promise<Pick<Measured, 'startAt' | 'jobs'>> {
  const { plan, events, signal } = execution;
  const startAt = Date.now() + leadMs(plan);
  events.measuring(plan, startAt);
  const onProgress = (progress: JobProgress) => {
    events.progress(progress);
  };
  const jobs = await Promise.all(
    plan.vantages.map(async (vantage) => {
      const outcome = await deployment
        .launch(makeJob(execution, vantage, startAt, deployment), onProgress, signal)
        .catch((error: unknown): JobOutcome => ({
          state: 'failed',
          reason: messageOf(error),
          cpu: [],
        }));
      events.finished(
        vantage,
        outcome.state === 'failed' ? `failed: ${outcome.reason}` : outcome.state,
      );
      return [vantage, outcome] as const;
    }),
  );
  return { startAt, jobs: new Map(jobs) };
}

/** k6 compiles the script in every VU before it can start; many vantages share this machine's processors. */
const leadMs = (plan: Plan): number => 1500 + plan.vantages.length * (150 + 5 * plan.vus);

function makeJob(
  { plan, bundle, rowsFile }: Execution,
  vantage: string,
  startAt: number,
  deployment: Deployment,
): K6Job {
  const urlOf = (name: string): string => {
    const target = plan.targets.find((t) => t.name === name);
    return target?.kind === 'url' ? target.url : deployment.urlOf(name, vantage);
  };
  const execOf = (scenario: string) =>
    execName(plan.scenarios.findIndex(({ name }) => name === scenario));
  return {
    vantage,
    bundle,
    rowsFile: rowsFile(vantage),
    options: k6Options(plan, urlOf, execOf),
    startAt,
    durationMs: plan.durationMs,
    env: k6Environment(plan, vantage),
  };
}
