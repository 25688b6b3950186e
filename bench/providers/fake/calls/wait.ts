import { ApiError, invalid } from '../api-error.ts';
import { ok, param, type Answer, type Call } from '../http/call.ts';
import type { FakeMachine } from '../machine/machine.ts';

const states = ['started', 'stopped', 'suspended', 'destroyed', 'settled'];
/** A wait of 60 s was seen to answer after 57. */
const early = 0.95;

/** Answers when the machine is in one of the states asked for, or with 408 when the time is over. */
export async function wait(call: Call): Promise<Answer> {
  const wanted = call.query.has('state') ? call.query.getAll('state') : ['started'];
  const timeoutS = timeoutOf(call.query.get('timeout'));
  if (!wanted.every((state) => states.includes(state)))
    throw invalid(`invalid state "${wanted.join(',')}"`);
  if (wanted.includes('stopped') && !call.query.has('instance_id'))
    throw new ApiError(400, 'instance_id required when waiting for stopped machine');
  const machine = call.cloud.machine(param(call, 'app'), param(call, 'id'));
  const over = AbortSignal.timeout(timeoutS * 1000 * early);
  const given = AbortSignal.any([over, call.signal]);
  while (!reached(machine, wanted)) {
    if (given.aborted) throw missed(wanted, machine);
    await machine.changed(given);
  }
  return ok({ ok: true });
}

function timeoutOf(text: string | null): number {
  const seconds = Number(text ?? 60);
  if (!(seconds >= 1 && seconds <= 60))
    throw invalid('invalid WaitMachineRequest.Timeout: value must be inside range [1s, 1m0s]');
  return seconds;
}

const settled = ['started', 'stopped', 'failed', 'destroyed'];

const reached = ({ state }: FakeMachine, wanted: readonly string[]): boolean =>
  wanted.includes(state) || (wanted.includes('settled') && settled.includes(state));

const missed = (wanted: readonly string[], { state }: FakeMachine): ApiError =>
  new ApiError(
    408,
    `deadline_exceeded: machine failed to reach desired state, ${wanted.join(',')}, currently ${state}`,
  );
