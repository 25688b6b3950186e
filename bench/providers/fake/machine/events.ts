import { ulid } from '../ids.ts';

/** A machine's event, in the API's spelling; `timestamp` is in milliseconds. */
export interface FakeEvent {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly source: 'user' | 'flyd';
  readonly timestamp: number;
  readonly request?: Readonly<Record<string, unknown>>;
}

/** How a machine's process ended. */
export interface ExitDetails {
  readonly code: number;
  readonly signal: number;
  readonly oomKilled: boolean;
  readonly requestedStop: boolean;
  readonly restarting: boolean;
  readonly restartCount: number;
}

export function makeEvent(
  type: string,
  status: string,
  source: FakeEvent['source'],
  request?: FakeEvent['request'],
): FakeEvent {
  const event = { id: ulid(), type, status, source, timestamp: Date.now() };
  return request === undefined ? event : { ...event, request };
}

/** An exit event; as in the API, whatever is zero or false is left out. */
export function exitEvent(exit: ExitDetails, where: 'request' | 'MonitorEvent'): FakeEvent {
  const details = withoutZeros({
    exit_code: exit.code,
    guest_exit_code: exit.code,
    guest_signal: exit.signal,
    oom_killed: exit.oomKilled,
    requested_stop: exit.requestedStop,
    restarting: exit.restarting,
    exited_at: new Date().toISOString(),
  });
  const request = {
    ...withoutZeros({ restart_count: exit.restartCount }),
    ...(where === 'request' ? { exit_event: details } : { MonitorEvent: { exit_event: details } }),
  };
  return makeEvent('exit', 'stopped', 'flyd', request);
}

const withoutZeros = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== 0 && value !== false));
