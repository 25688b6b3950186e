import { ApiError, invalid } from '../api-error.ts';
import { ok, param, type Answer, type Call } from '../http/call.ts';
import type { FakeMachine } from '../machine/machine.ts';

const states = ['started', 'stopped', 'suspended', 'destroyed', 'failed', 'settled'];
/** A wait of 60 s was seen to answer after 57. */
const early = 0.95;

/** Answers when the machine is in one of the states asked for, or with 408 when the time is over. */
export async function wait(call: Call): Promise<Answer> {
  const wanted = wantedStates(call.query);
  const timeoutS = timeoutOf(call.query.get('timeout'));
  if (!wanted.every((state) => states.includes(state)))
    throw invalid(`invalid state "${wanted.join(',')}"`);
  // The second is the first one's deprecated name.
  const version = call.query.get('version') ?? call.query.get('instance_id');
  if (version !== null && !/^[0-9A-HJKMNP-TV-Z]{26}$/.test(version))
    throw invalid(`invalid version "${version}"`);
  const machine = call.cloud.machine(param(call, 'app'), param(call, 'id'));
  const over = AbortSignal.timeout(timeoutS * 1000 * early);
  const given = AbortSignal.any([over, call.signal]);
  while (!reached(machine, wanted)) {
    if (version !== null && version !== machine.instanceId) throw replaced(wanted);
    if (given.aborted) throw missed(wanted, machine);
    await machine.changed(given);
  }
  const { state, instanceId, events } = machine;
  return ok({ ok: true, state, version: instanceId, event_id: events[0]?.id ?? '' });
}

/** Repeated, separated by commas, or both. */
function wantedStates(query: URLSearchParams): string[] {
  const said = query.getAll('state').flatMap((text) => text.split(','));
  return said.length === 0 ? ['started'] : said.map((state) => state.trim());
}

function timeoutOf(text: string | null): number {
  const seconds = Number(text ?? 60);
  if (!(seconds >= 1 && seconds <= 60))
    throw invalid('invalid WaitMachineRequest.Timeout: value must be inside range [1s, 1m0s]');
  return seconds;
}

const settled = ['started', 'stopped', 'suspended', 'failed', 'destroyed'];

const reached = ({ state }: FakeMachine, wanted: readonly string[]): boolean =>
  wanted.includes(state) || (wanted.includes('settled') && settled.includes(state));

/** A version that an update has made an old one comes to no state any more. */
const replaced = (wanted: readonly string[]): ApiError =>
  new ApiError(
    408,
    `deadline_exceeded: machine failed to reach desired state, ${wanted.join(',')}, currently replaced`,
  );

const missed = (wanted: readonly string[], { state }: FakeMachine): ApiError =>
  new ApiError(
    408,
    `deadline_exceeded: machine failed to reach desired state, ${wanted.join(',')}, currently ${state}`,
  );
