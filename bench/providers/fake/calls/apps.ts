import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { FakeApp, FakeCloud } from '../cloud.ts';
import { checkRefusal } from '../refusal.ts';
import { bodyAs, ok, param, type Call, type Answer, type Route } from '../http/call.ts';
import { ulid } from '../ids.ts';

export const appRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/apps', action: 'app.list', handle: list },
  { method: 'POST', path: '/v1/apps', action: 'app.create', handle: create },
  {
    method: 'GET',
    path: '/v1/apps/:app',
    action: 'app.get',
    handle: (call) => ok(viewOf(call.cloud, call.cloud.app(param(call, 'app')))),
  },
  { method: 'DELETE', path: '/v1/apps/:app', action: 'app.delete', handle: remove },
];

function list({ cloud, query }: Call): Answer {
  const org = query.get('org_slug');
  if (org === null) throw new ApiError(400, 'invalid_argument: org_slug is required');
  checkOrg(cloud, org);
  const apps = [...cloud.apps.values()].filter((app) => app.org === org);
  return ok({ total_apps: apps.length, apps: apps.map((app) => viewOf(cloud, app)) });
}

/** The specification and flyctl call the name `name`, older documentation `app_name`. */
const creation = z.looseObject({
  app_name: z.string().optional(),
  name: z.string().optional(),
  org_slug: z.string(),
  network: z.string().optional(),
});

function create(call: Call): Answer {
  const { cloud } = call;
  const { app_name, name = app_name, org_slug, network = 'default' } = bodyAs(call, creation);
  checkOrg(cloud, org_slug);
  checkRefusal(cloud);
  if (name === undefined || !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    throw new ApiError(
      422,
      'Validation failed: Name may only contain numbers, lowercase letters and dashes',
    );
  if (cloud.apps.has(name) || cloud.ground.options.foreignApps.includes(name))
    throw new ApiError(422, 'Validation failed: Name has already been taken', 'name_taken');
  const app = { id: ulid().toLowerCase(), name, org: org_slug, network };
  cloud.apps.set(name, app);
  return { status: 201, body: { ...viewOf(cloud, app), created_at: Date.now() } };
}

async function remove(call: Call): Promise<Answer> {
  const { cloud, query } = call;
  const app = cloud.app(param(call, 'app'));
  const living = cloud.machines.filter(
    (machine) => machine.app === app.name && machine.state !== 'destroyed',
  );
  if (living.length > 0 && query.get('force') !== 'true')
    throw new ApiError(412, 'failed_precondition: app still has machines');
  await Promise.all(living.map((machine) => machine.destroy()));
  cloud.apps.delete(app.name);
  return { status: 202 };
}

function checkOrg(cloud: FakeCloud, slug: string): void {
  if (!cloud.ground.options.orgs.includes(slug))
    throw new ApiError(404, 'not_found: organization not found');
}

function viewOf(cloud: FakeCloud, { id, name, org, network }: FakeApp): Record<string, unknown> {
  const machines = cloud.machines.filter((one) => one.app === name && one.state !== 'destroyed');
  return {
    ...{ id, name, network },
    status: machines.length > 0 ? 'deployed' : 'pending',
    organization: { name: org, slug: org },
    machine_count: machines.length,
    volume_count: 0,
  };
}
