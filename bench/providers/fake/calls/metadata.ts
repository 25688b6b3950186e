import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { bodyAs, ok, param, type Answer, type Call, type Route } from '../http/call.ts';
import type { FakeMachine } from '../machine/machine.ts';

const all = '/v1/apps/:app/machines/:id/metadata';

/** Metadata make no new version of the machine. */
export const metadataRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: all,
    action: 'machine.metadata.get',
    handle: (call) => ok(machineOf(call).config.metadata ?? {}),
  },
  { method: 'PATCH', path: all, action: 'machine.metadata.patch', handle: patch },
  { method: 'POST', path: `${all}/:key`, action: 'machine.metadata.set', handle: set },
  {
    method: 'DELETE',
    path: `${all}/:key`,
    action: 'machine.metadata.delete',
    handle: (call) => change(machineOf(call), { [param(call, 'key')]: null }),
  },
];

const value = z.looseObject({ value: z.string() });

function set(call: Call): Answer {
  return change(machineOf(call), { [param(call, 'key')]: bodyAs(call, value).value });
}

const several = z.looseObject({
  metadata: z.record(z.string(), z.string().nullable()),
  machine_version: z.string().optional(),
});

function patch(call: Call): Answer {
  const machine = machineOf(call);
  const { metadata, machine_version = machine.instanceId } = bodyAs(call, several);
  if (machine_version !== machine.instanceId)
    throw new ApiError(412, 'aborted: machine version mismatch');
  return change(machine, metadata);
}

const machineOf = (call: Call): FakeMachine =>
  call.cloud.living(param(call, 'app'), param(call, 'id'));

/** Null or an empty text takes a key away. */
function change(machine: FakeMachine, changes: Readonly<Record<string, string | null>>): Answer {
  const merged = Object.entries({ ...machine.config.metadata, ...changes });
  const metadata = Object.fromEntries(
    merged.filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''),
  );
  machine.config = { ...machine.config, metadata };
  return { status: 204 };
}
