import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOfProcess, type ProcessEnd } from '../../base/exit-words.ts';
import { childEnvironment } from '../../base/child-environment.ts';
import { BenchError } from '../../base/errors.ts';
import { programPath } from '../../base/package-root.ts';
import type { Millis } from '../../base/units.ts';
import type { LinkReading } from '../../samples/links.ts';
import type { Calibration } from '../../samples/outcome.ts';
import type { LinkWatch } from '../provider.ts';
import type { Distances, ProbeAnswer, ProbeRequest } from './link-probe/protocol.ts';
import type { NetworkReady } from './network/protocol.ts';
import { onePerLink } from './one-per-link.ts';

/** A process that measures the emulated links, while it runs. */
export interface LinkProbe {
  readonly pid: number;
  /** Resolves when the process has ended, wanted or not. */
  readonly ended: Promise<ProcessEnd>;
  /** Measures every link, one at a time of these. Throws a `fault` BenchError if one breaks, or the process ends. */
  calibrate(when: Calibration['when']): Promise<Calibration>;
  /** Probes every link from now on; at most one watch at a time. */
  watch(seen: (readings: readonly LinkReading[]) => void): LinkWatch;
  /** Ends the process; safe to call again. */
  stop(): Promise<void>;
}

/** A probe costs about 0.2 ms of a processor; more of them together would be a load of their own. */
const mostPerSecond = 80;
const patienceMs: Millis = 1000;
/** A link that stays silent is given up after 10 s, and sixteen are measured at once. */
const calibratesWithinMs = (links: number): Millis => 30_000 + 1000 * links;

/** How often each of so many links is probed: once a second, less often where there are many. */
export const probedEveryMs = (links: number): Millis =>
  Math.max(1000, (1000 * links) / mostPerSecond);

/** Starts the process; `watch` hears of it. Throws a `fault` BenchError if it can't be started. */
export async function startLinkProbe(
  echoes: NetworkReady['echoes'],
  distances: Distances,
  watch: (child: ChildProcess) => void = () => undefined,
): Promise<LinkProbe> {
  const child = fork(programPath('link-probe'), [], {
    execArgv: [],
    env: childEnvironment('tool'),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  watch(child);
  const ended = endOf(child);
  const tell = (request: ProbeRequest) => void child.send(request, () => undefined);
  if ((await Promise.race([answerOf(child, 'ready'), ended])) === undefined)
    throw new BenchError(
      'fault',
      'The process that measures the links did not start.',
      'Run `npm run build` and try again; `bench doctor` checks this computer.',
    );
  tell({ type: 'links', echoes, distances });
  return {
    pid: child.pid ?? 0,
    ended: endOfProcess(child),
    calibrate: async (when) => {
      const answer = answerOf(child, 'calibrated', 'failed');
      tell({ type: 'calibrate', when });
      const limit = calibratesWithinMs(onePerLink(echoes).length);
      const late = new Promise<'late'>((resolve) => {
        const timer = setTimeout(resolve, limit, 'late');
        void answer.then(() => {
          clearTimeout(timer);
        });
        timer.unref();
      });
      return calibrationOf(await Promise.race([answer, ended, late]));
    },
    watch: (seen) => {
      const listen = (answer: ProbeAnswer): void => {
        if (answer.type === 'readings') seen(answer.readings);
      };
      child.on('message', listen);
      tell({ type: 'watch', everyMs: probedEveryMs(onePerLink(echoes).length) });
      return {
        stop: async () => {
          const last = answerOf(child, 'unwatched');
          tell({ type: 'unwatch' });
          await Promise.race([last, ended, sleep(patienceMs, undefined, { ref: false })]);
          child.off('message', listen);
        },
      };
    },
    stop: async () => {
      child.kill('SIGTERM');
      child.kill('SIGCONT');
      const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(kill);
    },
  };
}

/** Undefined: it has ended, or never began. */
async function endOf(child: ChildProcess): Promise<undefined> {
  await Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => undefined);
  return undefined;
}

/** The next answer of one of these types. */
function answerOf<T extends ProbeAnswer['type']>(
  child: ChildProcess,
  ...types: readonly T[]
): Promise<Extract<ProbeAnswer, { type: T }>> {
  return new Promise((resolve) => {
    const listen = (answer: ProbeAnswer): void => {
      if (!(types as readonly string[]).includes(answer.type)) return;
      child.off('message', listen);
      resolve(answer as Extract<ProbeAnswer, { type: T }>);
    };
    child.on('message', listen);
  });
}

function calibrationOf(
  answer: Extract<ProbeAnswer, { type: 'calibrated' | 'failed' }> | 'late' | undefined,
): Calibration {
  if (answer === 'late')
    throw new BenchError(
      'fault',
      'The process that measures the links does not answer.',
      'Try again; if it stays, report it with the output of `bench doctor`.',
    );
  if (answer?.type === 'calibrated') return answer.calibration;
  if (answer?.type === 'failed') throw new BenchError('fault', answer.reason, answer.fix);
  throw new BenchError(
    'fault',
    'The process that measures the links has ended.',
    'Try again; if it stays, report it with the output of `bench doctor`.',
  );
}
