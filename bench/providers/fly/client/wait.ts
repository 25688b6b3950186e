import { BenchError } from '../../../base/errors.ts';
import type { Millis } from '../../../base/units.ts';
import type { Machine, MachineEvent, MachinesApi } from '../machines-api.ts';
import type { Caller } from './call.ts';
import type { Clock } from './clock.ts';
import type { Fresh } from './fresh.ts';
import { limits } from './pace.ts';
import { appPath } from './paths.ts';

/** The API refuses longer ones. */
const longestWaitS = 60;
/** The API need not say so when a machine fails; short waits at first let us see it soon. Doubled each time. */
const firstWaitS = 5;
/** Between two looks where the API says at once what isn't so yet. */
const pauseMs = 500;

/** From these a machine never gets to be what is waited for. */
const deadEnds: Readonly<Record<'started' | 'stopped' | 'destroyed', readonly string[]>> = {
  started: ['stopped', 'failed', 'launch_failed', 'destroying', 'destroyed'],
  stopped: ['failed', 'launch_failed', 'destroying', 'destroyed'],
  // A failed one can still be removed, and somebody may be about to.
  destroyed: [],
};

/** Waits in the API's own way, in pieces, and looks at the machine after each: what a wait says may be stale. */
export function waiter(
  call: Caller,
  get: MachinesApi['get'],
  clock: Clock,
  fresh: Fresh,
): MachinesApi['wait'] {
  return async (app, { id, version = '', instance_id }, state, timeoutMs, signal) => {
    const deadline = clock.now() + timeoutMs;
    for (let waits = 0; ; waits++) {
      const seconds = secondsOf(deadline - clock.now(), waits);
      const { status } = await call({
        title: `wait until machine ${id} is ${state}`,
        method: 'GET',
        path: appPath([app, 'machines', id, 'wait'], {
          state,
          timeout: String(seconds),
          // The second is what the first was called before.
          ...(version === '' ? { instance_id } : { version }),
        }),
        timeoutMs: (seconds + 20) * 1000,
        key: `wait ${app}/${id}`,
        limit: limits.other,
        // 408: not yet.
        expected: state === 'destroyed' ? [404, 408] : [408],
        ...(state === 'destroyed' ? {} : fresh.until(id)),
        signal,
      });
      if (status === 404) return;
      const machine = await get(app, id, signal);
      const now = machine?.state ?? 'destroyed';
      if (now === state) return;
      if (deadEnds[state].includes(now)) throw ended(id, state, now, machine);
      if (clock.now() >= deadline) throw tooLong(id, state, now, timeoutMs);
      if (status !== 408) await clock.sleep(pauseMs, signal);
    }
  };
}

const secondsOf = (left: Millis, waits: number): number =>
  Math.max(1, Math.min(longestWaitS, firstWaitS * 2 ** waits, Math.ceil(left / 1000)));

function ended(id: string, state: string, now: string, machine: Machine | undefined): BenchError {
  const last = machine?.events[0];
  return new BenchError(
    'fault',
    `Machine ${id} is ${now} and will not be ${state}${last === undefined ? '' : `; its last event: ${describe(last)}`}.`,
    `Look at what it logged with \`fly logs -i ${id}\`, then try again.`,
  );
}

function describe({ type, status, exit }: MachineEvent): string {
  if (exit === undefined) return `${type} ${status}`.trim();
  return `${type}, exit code ${exit.exit_code}${exit.oom_killed ? ', out of memory' : ''}`;
}

const tooLong = (id: string, state: string, now: string, timeoutMs: Millis): BenchError =>
  new BenchError(
    'fault',
    `Machine ${id} was not ${state} within ${Math.round(timeoutMs / 1000)} s; it is ${now}.`,
    'Try again; https://status.flyio.net says whether the region has trouble.',
  );
