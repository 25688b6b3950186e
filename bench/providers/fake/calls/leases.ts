import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { bodyAs, ok, param, type Answer, type Call, type Route } from '../http/call.ts';
import { checkLease, held, newLease } from '../machine/lease.ts';
import type { FakeMachine } from '../machine/machine.ts';

const path = '/v1/apps/:app/machines/:id/lease';

export const leaseRoutes: readonly Route[] = [
  { method: 'POST', path, action: 'machine.lease.acquire', handle: acquire },
  { method: 'GET', path, action: 'machine.lease.get', handle: get },
  { method: 'DELETE', path, action: 'machine.lease.release', handle: release },
];

const shape = z.looseObject({
  description: z.string().optional(),
  ttl: z.number().optional(),
});

/** With the nonce of the lease that is held it is refreshed, and keeps its nonce. */
function acquire(call: Call): Answer {
  const machine = machineOf(call);
  checkLease(machine, call.nonce);
  const { description, ttl } = bodyAs(call, shape);
  const asked = call.query.get('ttl');
  const fresh = newLease(asked === null ? ttl : Number(asked), description);
  const current = held(machine.lease);
  machine.lease = current === undefined ? fresh : { ...current, expiresAt: fresh.expiresAt };
  return { ...success(machine), status: 201 };
}

function get(call: Call): Answer {
  const machine = machineOf(call);
  if (held(machine.lease) === undefined) throw new ApiError(404, 'not_found: no lease');
  return success(machine);
}

function release(call: Call): Answer {
  const machine = machineOf(call);
  const lease = held(machine.lease);
  if (lease === undefined || lease.nonce !== call.nonce)
    throw new ApiError(400, 'invalid_argument: lease nonce does not match');
  machine.lease = undefined;
  return ok({ status: 'success', data: { ok: true } });
}

const machineOf = (call: Call): FakeMachine =>
  call.cloud.living(param(call, 'app'), param(call, 'id'));

const success = ({ lease, instanceId }: FakeMachine): Answer =>
  ok({
    status: 'success',
    data: {
      nonce: lease?.nonce,
      expires_at: lease?.expiresAt,
      owner: lease?.owner,
      description: lease?.description,
      version: instanceId,
    },
  });
