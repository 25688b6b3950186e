import { z } from 'zod';
import { ApiError, invalid, precondition } from '../api-error.ts';
import { bodyAs, ok, param, type Answer, type Call, type Route } from '../http/call.ts';
import { parseConfig } from '../machine/config.ts';
import { checkLease, newLease } from '../machine/lease.ts';
import { FakeMachine } from '../machine/machine.ts';
import { viewOf } from '../machine/view.ts';
import { place } from '../place.ts';
import { checkRefusal } from '../refusal.ts';
import { regionsWith } from '../regions.ts';

const all = '/v1/apps/:app/machines';
const one = `${all}/:id`;

export const machineRoutes: readonly Route[] = [
  { method: 'GET', path: all, action: 'machine.list', handle: list },
  { method: 'POST', path: all, action: 'machine.create', handle: create },
  {
    method: 'GET',
    path: one,
    action: 'machine.get',
    handle: (call) => ok(viewOf(call.cloud.machine(param(call, 'app'), param(call, 'id')))),
  },
  { method: 'POST', path: one, action: 'machine.update', handle: update },
  { method: 'DELETE', path: one, action: 'machine.destroy', handle: destroy },
  {
    method: 'GET',
    path: `${one}/events`,
    action: 'machine.events',
    handle: events,
  },
];

function list(call: Call): Answer {
  const { cloud, query } = call;
  const app = cloud.app(param(call, 'app'));
  const states = query.get('state')?.split(',');
  const wanted = [...query].filter(([key]) => key.startsWith('metadata.'));
  const machines = cloud
    .machinesOf(app.name)
    .filter(({ state }) => state !== 'destroyed' || query.get('include_deleted') === 'true')
    .filter(({ region }) => region === (query.get('region') ?? region))
    .filter(({ state }) => states?.includes(state) ?? true)
    .filter(({ config }) =>
      wanted.every(([key, value]) => config.metadata?.[key.slice('metadata.'.length)] === value),
    );
  return ok(machines.map((machine) => viewOf(machine, query.get('summary') === 'true')));
}

const creation = z.looseObject({
  name: z.string().optional(),
  region: z.string().optional(),
  config: z.unknown(),
  skip_launch: z.boolean().optional(),
  skip_service_registration: z.boolean().optional(),
  lease_ttl: z.int().optional(),
});

function create(call: Call): Answer {
  const { cloud } = call;
  const app = cloud.app(param(call, 'app'));
  const wish = bodyAs(call, creation);
  const config = parseConfig(wish.config);
  checkRefusal(cloud);
  const twin = cloud.machines.find(
    ({ app: own, name, state }) => own === app.name && name === wish.name && state !== 'destroyed',
  );
  if (twin !== undefined && cloud.ground.options.uniqueNames)
    throw new ApiError(
      409,
      `already_exists: unique machine name violation, machine ID ${twin.id} already exists with name "${twin.name}"`,
    );
  const region = place(wish.region, cloud.shortages, regionsWith(cloud.ground.options.live));
  const machine = new FakeMachine(cloud.ground, { app: app.name, name: wish.name, region }, config);
  machine.cordoned = wish.skip_service_registration === true;
  if (wish.lease_ttl !== undefined) machine.lease = newLease(wish.lease_ttl);
  cloud.machines.push(machine);
  machine.launch(wish.skip_launch === true);
  // The answer says `created` although that is still going on.
  return ok({ ...viewOf(machine), state: 'created' });
}

const updating = z.looseObject({
  config: z.unknown(),
  region: z.string().optional(),
  name: z.string().optional(),
  current_version: z.string().optional(),
  skip_launch: z.boolean().optional(),
});

async function update(call: Call): Promise<Answer> {
  const machine = call.cloud.living(param(call, 'app'), param(call, 'id'));
  checkLease(machine, call.nonce);
  const wish = bodyAs(call, updating);
  if ((wish.region ?? machine.region) !== machine.region) throw invalid('region is immutable');
  if ((wish.name ?? machine.name) !== machine.name) throw invalid('name is immutable');
  if ((wish.current_version ?? machine.instanceId) !== machine.instanceId)
    throw new ApiError(409, 'aborted: machine version mismatch');
  await machine.replace(parseConfig(wish.config), wish.skip_launch === true);
  return ok(viewOf(machine));
}

/** The documentation says `force`, flyctl `kill`. */
async function destroy(call: Call): Promise<Answer> {
  const machine = call.cloud.living(param(call, 'app'), param(call, 'id'));
  checkLease(machine, call.nonce);
  const force = [call.query.get('force'), call.query.get('kill')].includes('true');
  if (!force && !['created', 'stopped', 'failed', 'destroying'].includes(machine.state))
    throw precondition('unable to destroy machine, not currently stopped or suspended');
  await machine.destroy();
  return ok({ ok: true });
}

const mostEvents = 50;

function events(call: Call): Answer {
  const machine = call.cloud.machine(param(call, 'app'), param(call, 'id'));
  const limit = Number(call.query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostEvents)
    throw invalid(`limit must be between 1 and ${mostEvents}`);
  return ok(machine.events.slice(0, limit));
}
