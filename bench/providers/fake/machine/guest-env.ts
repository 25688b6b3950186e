import { join } from 'node:path';
import { guestOf, type FakeConfig } from './config.ts';
import { hostPath } from './guest-folder.ts';

/** Who a machine is, as its processes are told. */
export interface Identity {
  readonly id: string;
  readonly app: string;
  readonly region: string;
  readonly instanceId: string;
  readonly privateIp: string;
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The whole environment of a machine's processes: nothing of this process's own, least of all a token. */
export function guestEnv(who: Identity, config: FakeConfig, root: string): Record<string, string> {
  const own = Object.entries(config.env ?? {}).map(([key, value]) => [key, hostPath(root, value)]);
  return {
    PATH: `${join(root, 'usr/bin')}:${systemPath}`,
    HOME: join(root, 'root'),
    TMPDIR: join(root, 'tmp'),
    BENCH_DIR: join(root, 'tmp/bench'),
    ...(Object.fromEntries(own) as Record<string, string>),
    FLY_APP_NAME: who.app,
    FLY_MACHINE_ID: who.id,
    FLY_ALLOC_ID: who.id,
    FLY_REGION: who.region,
    FLY_IMAGE_REF: config.image,
    FLY_MACHINE_VERSION: who.instanceId,
    FLY_PRIVATE_IP: who.privateIp,
    FLY_PROCESS_GROUP: config.metadata?.['fly_process_group'] ?? '',
    FLY_VM_MEMORY_MB: String(guestOf(config).memoryMb),
  };
}
