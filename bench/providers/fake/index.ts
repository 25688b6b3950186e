import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError } from '../../base/errors.ts';
import type { Millis } from '../../base/units.ts';
import { findK6 } from '../../k6/install.ts';
import { startGuard } from '../local/guard/guard.ts';
import { appRoutes } from './calls/apps.ts';
import { execRoutes } from './calls/exec.ts';
import { leaseRoutes } from './calls/leases.ts';
import { lifecycleRoutes } from './calls/lifecycle.ts';
import { machineRoutes } from './calls/machines.ts';
import { metadataRoutes } from './calls/metadata.ts';
import { regionRoutes } from './calls/regions.ts';
import { tokenRoutes } from './calls/tokens.ts';
import { FakeCloud, type FakeApp } from './cloud.ts';
import { Faults } from './http/faults.ts';
import type { RequestLog } from './http/request-log.ts';
import { listenOn } from './http/listen-on.ts';
import { makeServer } from './http/server.ts';
import type { FakeMachine } from './machine/machine.ts';
import { withDefaults, type FakeOverrides } from './options.ts';
import type { Shortage } from './place.ts';

export { realisticDelays } from './options.ts';
export type { FakeOptions, FakeOverrides } from './options.ts';
export type { FakeMachine } from './machine/machine.ts';
export type { RequestLog } from './http/request-log.ts';
export type { Fault } from './http/faults.ts';

/** A Machines API on 127.0.0.1 whose machines are folders and real local processes. */
export interface FakeFly {
  /** What FLY_FLAPS_BASE_URL has to be. */
  readonly url: string;
  /** What FLY_API_TOKEN has to be. */
  readonly token: string;
  readonly apps: ReadonlyMap<string, FakeApp>;
  /** Every machine there ever was, destroyed ones too: for proof that none was made twice. */
  readonly machinesEver: readonly FakeMachine[];
  /** Those that are not destroyed. */
  machines(): readonly FakeMachine[];
  /** Everything that was asked so far, in the order of the answers. */
  readonly requests: readonly RequestLog[];
  /** Breaks calls on purpose. */
  readonly faults: Faults;
  /** Why a region takes nobody from now on; undefined: it does again. */
  shortage(region: string, why: Shortage | undefined): void;
  /** Resets every connection for so long. */
  cutNetwork(ms: Millis): void;
  /** Ends the process group of a machine, as if its host had died or its memory had run out. */
  crash(id: string, how?: { readonly oomKilled: boolean }): void;
  /** Ends all processes and removes all folders; safe to call twice. */
  close(): Promise<void>;
}

/** Starts a fake. Throws a BenchError if there is no k6 on this machine. */
export async function startFakeFly(overrides: FakeOverrides = {}): Promise<FakeFly> {
  const options = withDefaults(overrides);
  const k6 = options.k6 ?? (await k6Here());
  const guard = await startGuard();
  const folder = await mkdtemp(join(tmpdir(), 'bench-fake-fly-'));
  guard.folder(folder);
  const cloud = new FakeCloud({ options, guard, k6, folder });
  const faults = new Faults();
  const requests: RequestLog[] = [];
  const front = makeServer(routes, cloud, faults, (request) => {
    requests.push(request);
    options.onRequest(request);
  });
  let closed: Promise<void> | undefined;
  const close = async () => {
    await front.close();
    await Promise.all(cloud.machines.map((machine) => machine.destroy()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    await guard.release();
  };
  const fake: FakeFly = {
    url: '',
    token: options.token,
    apps: cloud.apps,
    machinesEver: cloud.machines,
    machines: () => cloud.machines.filter(({ state }) => state !== 'destroyed'),
    requests,
    faults,
    shortage: (region, why) => {
      if (why === undefined) cloud.shortages.delete(region);
      else cloud.shortages.set(region, why);
    },
    cutNetwork: (ms) => {
      front.cut(ms);
    },
    crash: (id, how = { oomKilled: false }) => {
      cloud.machines.find((machine) => machine.id === id)?.crash(how);
    },
    close: () => (closed ??= close()),
  };
  try {
    const port = await listenOn(front.server, options.port);
    return { ...fake, url: `http://127.0.0.1:${port}` };
  } catch (error) {
    await fake.close();
    throw error;
  }
}

const routes = [
  ...regionRoutes,
  ...tokenRoutes,
  ...appRoutes,
  ...machineRoutes,
  ...lifecycleRoutes,
  ...execRoutes,
  ...metadataRoutes,
  ...leaseRoutes,
];

/** Looking runs it, which takes a moment, and tests start many fakes. */
let found: Promise<string> | undefined;
const k6Here = (): Promise<string> => (found ??= lookForK6());

async function lookForK6(): Promise<string> {
  const decision = await findK6();
  if (decision.action === 'stop') throw decision.error;
  if (decision.action === 'use') return decision.binary.path;
  throw new BenchError(
    'fault',
    'The fake needs a k6 on this machine, and there is none.',
    'Any `bench run` gets one; or set K6_PATH.',
  );
}
