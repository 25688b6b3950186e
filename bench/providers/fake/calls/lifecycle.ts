import { z } from 'zod';
import { invalid } from '../api-error.ts';
import { bodyAs, ok, param, type Answer, type Call, type Route } from '../http/call.ts';
import { checkLease } from '../machine/lease.ts';
import type { FakeMachine } from '../machine/machine.ts';
import { signalOf, stopWish } from '../machine/stop.ts';
import { wait } from './wait.ts';

const one = '/v1/apps/:app/machines/:id';

export const lifecycleRoutes: readonly Route[] = [
  { method: 'GET', path: `${one}/wait`, action: 'machine.wait', handle: wait },
  { method: 'POST', path: `${one}/start`, action: 'machine.start', handle: start },
  { method: 'POST', path: `${one}/stop`, action: 'machine.stop', handle: stop },
  { method: 'POST', path: `${one}/restart`, action: 'machine.restart', handle: restart },
  { method: 'POST', path: `${one}/signal`, action: 'machine.signal', handle: signal },
  { method: 'POST', path: `${one}/cordon`, action: 'machine.cordon', handle: cordon(true) },
  { method: 'POST', path: `${one}/uncordon`, action: 'machine.uncordon', handle: cordon(false) },
];

/** The machine of a call that only the holder of its lease may make. */
function machineToChange(call: Call): FakeMachine {
  const machine = call.cloud.living(param(call, 'app'), param(call, 'id'));
  checkLease(machine, call.nonce);
  return machine;
}

function start(call: Call): Answer {
  const machine = machineToChange(call);
  const previous_state = machine.state;
  machine.start();
  return ok({ previous_state, migrated: false, new_host: '' });
}

const stopping = z.looseObject({
  signal: z.string().optional(),
  timeout: z.union([z.number(), z.string()]).optional(),
});

function stop(call: Call): Answer {
  const machine = machineToChange(call);
  machine.stop(stopWish(bodyAs(call, stopping), machine.config));
  return ok({ ok: true });
}

async function restart(call: Call): Promise<Answer> {
  await machineToChange(call).replace(undefined, false);
  return ok({ ok: true });
}

const signalling = z.looseObject({ signal: z.union([z.string(), z.number()]) });

function signal(call: Call): Answer {
  const machine = machineToChange(call);
  const wanted = signalOf(bodyAs(call, signalling).signal);
  if (machine.pid === undefined) throw invalid('machine not running');
  machine.signal(wanted);
  return ok({ ok: true });
}

function cordon(cordoned: boolean): Route['handle'] {
  return (call) => {
    machineToChange(call).cordoned = cordoned;
    return ok({ ok: true });
  };
}
