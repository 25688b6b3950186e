import { BenchError } from '../../base/errors.ts';
import type { Millis } from '../../base/units.ts';
import type { FlyAccess } from './client/access.ts';
import { makeCaller, type Call, type Caller } from './client/call.ts';
import { systemClock, type Clock } from './client/clock.ts';
import { creator } from './client/create.ts';
import { CallFailed } from './client/errors.ts';
import { rememberFresh, type Fresh } from './client/fresh.ts';
import { limits, makePace } from './client/pace.ts';
import { appPath } from './client/paths.ts';
import {
  parseApp,
  parseExec,
  parseMachine,
  parseMachines,
  parseRegions,
  parseTokens,
} from './client/parse.ts';
import { parsed } from './client/parsed.ts';
import { redactor } from './client/redact.ts';
import { makeWire } from './client/send.ts';
import { watchSilence } from './client/silence.ts';
import { waiter } from './client/wait.ts';
import type { Machine, MachinesApi } from './machines-api.ts';

export { flyAccess, flyToken, type FlyAccess } from './client/access.ts';
export { NoCapacity, QuotaReached, RetiredRegion } from './client/errors.ts';
export { redactor as redactToken } from './client/redact.ts';

export interface ClientOptions extends FlyAccess {
  /** How long a call is repeated after its first failure. */
  readonly patienceMs?: Millis;
  /** Tests bring one of their own. */
  readonly clock?: Clock;
  /** Told why nothing goes on, while the API does not answer. */
  readonly say?: (text: string) => void;
}

const defaultPatienceMs = 60_000;
/** Calls other than create, wait and exec are answered within a second or two. */
const timeoutMs = 30_000;
const execTimeoutS = 20;

/** The client of the Machines API, over HTTP. Throws (usage) if the access can't work. */
export function machinesClient(options: ClientOptions): MachinesApi {
  const { token, patienceMs = defaultPatienceMs, clock = systemClock } = options;
  const { say = () => undefined } = options;
  const wire = makeWire(options);
  const caller = makeCaller({
    ...{ wire, clock, patienceMs },
    pace: makePace(clock),
    redact: redactor(token),
    silence: watchSilence(clock, say),
    random: Math.random,
  });
  const fresh = rememberFresh(clock);
  const machines = machineCalls(caller, fresh);
  return {
    ...appCalls(caller, fresh),
    ...machines,
    create: creator(caller, machines, clock, fresh),
    wait: waiter(caller, machines.get, clock, fresh),
    close: () => wire.close(),
  };
}

type Brief = Pick<Call, 'title' | 'method' | 'path' | 'key'> & Partial<Call>;

/** A call with what most have in common. */
const asking =
  (caller: Caller) =>
  (call: Brief): ReturnType<Caller> =>
    caller({ timeoutMs, limit: limits.other, ...call });

function appCalls(
  caller: Caller,
  fresh: Fresh,
): Pick<MachinesApi, 'regions' | 'token' | 'app' | 'createApp'> {
  const ask = asking(caller);
  const app: MachinesApi['app'] = async (name, signal) => {
    const title = `show the app ${name}`;
    const { status, json } = await ask({
      ...{ title, method: 'GET', path: appPath([name]), key: `app ${name}`, signal },
      expected: [404],
      ...fresh.until(name),
    });
    return status === 404 ? undefined : parsed(title, parseApp, json);
  };
  return {
    app,
    regions: async (signal) => {
      const title = 'list its regions';
      const path = '/v1/platform/regions';
      const { json } = await ask({ title, method: 'GET', path, key: 'regions', signal });
      return parsed(title, parseRegions, json);
    },
    token: async (signal) => {
      const title = 'say what the token is for';
      const path = '/v1/tokens/current';
      const { status, json } = await ask({
        ...{ title, method: 'GET', path, key: 'token', signal },
        expected: [400, 404, 405],
      });
      return status >= 400 ? [] : parsed(title, parseTokens, json);
    },
    createApp: async (name, org, signal) => {
      const call = ask({
        title: `create the app ${name} in the organisation ${org}`,
        method: 'POST',
        path: '/v1/apps',
        body: { name, org_slug: org },
        key: `create app ${name}`,
        // A try whose answer got lost leaves the name taken: by us.
        hadEffect: async () => (await app(name, signal)) !== undefined,
        signal,
      });
      await call.catch((error: unknown) => {
        if (!(error instanceof CallFailed)) throw error;
        if (error.status === 404) throw noOrganisation(org, error);
        if (error.status === 422) throw nameTaken(name, error);
        throw error;
      });
      fresh.made(name);
    },
  };
}

function machineCalls(
  caller: Caller,
  fresh: Fresh,
): Pick<MachinesApi, 'list' | 'get' | 'exec' | 'destroy'> {
  const ask = asking(caller);
  return {
    list: async (app, metadata, signal) => {
      const title = `list the machines of ${app}`;
      const { status, json } = await ask({
        ...{ title, method: 'GET', key: `list ${app}`, signal },
        path: appPath([app, 'machines'], queryOf(metadata)),
        expected: [404],
        ...fresh.until(app),
      });
      if (status === 404) return [];
      const all = parsed(title, parseMachines, json);
      return all.filter((machine) => isThere(machine) && carries(machine, metadata));
    },
    get: async (app, id, signal) => {
      const title = `show machine ${id}`;
      const { status, json } = await ask({
        ...{ title, method: 'GET', key: `get ${app}/${id}`, signal },
        path: appPath([app, 'machines', id]),
        limit: limits.get,
        expected: [404],
        ...fresh.until(id),
      });
      if (status === 404) return undefined;
      fresh.seen(id);
      const machine = parsed(title, parseMachine, json);
      return isThere(machine) ? machine : undefined;
    },
    exec: async (app, id, command, { stdin, timeoutS = execTimeoutS, signal } = {}) => {
      const title = `run a command in machine ${id}`;
      const { json } = await ask({
        ...{ title, method: 'POST', key: `exec ${app}/${id}`, signal },
        path: appPath([app, 'machines', id, 'exec']),
        body: { command, timeout: timeoutS, ...(stdin === undefined ? {} : { stdin }) },
        timeoutMs: (timeoutS + 15) * 1000,
        ...fresh.until(id),
      });
      return parsed(title, parseExec, json);
    },
    destroy: async (app, id, signal) => {
      await ask({
        ...{ title: `destroy machine ${id}`, method: 'DELETE', key: `destroy ${app}/${id}` },
        path: appPath([app, 'machines', id], { force: 'true' }),
        expected: [404],
        // Not yet seen everywhere is not gone: giving up then would leave it running.
        ...fresh.until(id, 'unless seen'),
        signal,
      });
      fresh.gone(id);
    },
  };
}

const queryOf = (metadata: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`metadata.${key}`, value]));

/** Machines that were destroyed may go on being told of. */
const isThere = ({ state }: Machine): boolean => state !== 'destroyed';

/** Asked of the API already; but what is found is going to be destroyed, so it is checked again. */
const carries = (machine: Machine, metadata: Readonly<Record<string, string>>): boolean =>
  Object.entries(metadata).every(([key, value]) => machine.metadata[key] === value);

const noOrganisation = (org: string, cause: CallFailed): BenchError =>
  new BenchError(
    'usage',
    `Fly knows no organisation "${org}" that the token is for.`,
    '`fly orgs list` shows yours: set org of [bench.fly] to one of them.',
    { cause },
  );

const nameTaken = (name: string, cause: CallFailed): BenchError =>
  new BenchError(
    'usage',
    `The app name ${name} is taken already.`,
    'Set app of [bench.fly] to a name of your own: names are unique among all of Fly.',
    { cause },
  );
