import { held } from './lease.ts';
import type { FakeMachine } from './machine.ts';

/** A machine in the API's spelling. `summary` leaves out what is long. */
export function viewOf(machine: FakeMachine, summary = false): Record<string, unknown> {
  const lease = held(machine.lease);
  const short = {
    id: machine.id,
    name: machine.name,
    state: machine.state,
    region: machine.region,
    image_ref: imageRef(machine.config.image),
    instance_id: machine.instanceId,
    version: machine.instanceId,
    private_ip: machine.privateIp,
    created_at: new Date(machine.createdAt).toISOString(),
    updated_at: new Date(machine.updatedAt).toISOString(),
    ...(machine.cordoned ? { cordoned: true } : {}),
  };
  if (summary) return short;
  return {
    ...short,
    config: machine.config,
    events: machine.events.slice(0, 20),
    host_status: 'ok',
    ...(lease === undefined ? {} : { nonce: lease.nonce }),
  };
}

/** `registry/repository:tag@digest`; the registry is Docker's unless its name looks like a host. */
function imageRef(image: string): Record<string, string> {
  const [name = '', digest] = image.split('@');
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && /[.:]/.test(first);
  const path = hasHost ? rest.join('/') : name;
  const [repository = '', tag = 'latest'] = path.split(':');
  return {
    registry: hasHost ? first : 'registry-1.docker.io',
    repository,
    tag,
    ...(digest === undefined ? {} : { digest }),
  };
}
