import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { BenchError } from '../../../base/errors.ts';
import { topologies } from '../../../topologies/index.ts';
import { place } from '../../../topologies/topology.ts';
import { carryOut } from './carry-out.ts';
import { deployPlan, type AppPlan } from './deploy-plan.ts';
import { destroyPlan } from './destroy-plan.ts';
import type { Flyctl } from './flyctl.ts';
import { lookThrough } from './look-through.ts';
import { deployProblems } from './ownership.ts';
import { remember } from './remember.ts';
import { fakeFlyctl, newAccount, type Account, type Fault } from './testing/fake-flyctl.ts';
import { trouble } from './trouble.ts';
import type { Patience } from './wait-healthy.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-deploy-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const never = new AbortController().signal;
const patience: Patience = { forMs: 0, everyMs: 1, answers: () => Promise.resolve(true) };

function plansFor(
  regions: readonly string[],
  names = ['read-replicas', 'single-region'],
): AppPlan[] {
  return deployPlan({
    ...{ app: 'bench', org: 'personal', size: 'performance-1x', folder },
    placements: topologies
      .filter(({ name }) => names.includes(name))
      .map((topology) => place(topology, regions, 'cdg')),
    build: { context: '.', dockerfile: 'Dockerfile', ignoreFile: '.dockerignore', hash: 'h' },
  });
}

/** A flyctl that acts on the account inside this process. */
const flyctlOf = (account: Account): Flyctl => ({
  run: (args, { input = '' } = {}) => {
    const { code, stdout, stderr } = fakeFlyctl(account, args, input, (path) =>
      readFileSync(path, 'utf8'),
    );
    return code === 0
      ? Promise.resolve(stdout)
      : Promise.reject(trouble(`fly ${args.join(' ')}`, stderr, 'flyctl.log'));
  },
});

async function deployTo(
  account: Account,
  plans = plansFor(['cdg', 'syd', 'ord']),
): Promise<string[]> {
  const flyctl = flyctlOf(account);
  const look = remember(lookThrough(flyctl, never));
  const events = { step: () => () => undefined };
  expect(await deployProblems(plans, 'personal', look)).toEqual([]);
  const full: string[] = [];
  for (const { steps, primary } of plans)
    full.push(...(await carryOut(steps, primary, { flyctl, look, events, patience }, never)));
  return full;
}

/** What is there, without what differs each time. */
const contentOf = ({ apps }: Account) =>
  Object.entries(apps)
    .map(([name, { secrets, machines, addresses, releases }]) => ({
      name,
      secrets: Object.keys(secrets).sort(),
      machines: machines.map(({ region, checks }) => `${region} ${checks[0]?.output ?? ''}`).sort(),
      addresses: [...addresses].sort(),
      image: releases.at(-1),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));

const deployed = async (): Promise<Account> => {
  const account = newAccount();
  await deployTo(account);
  return account;
};

test('puts app, database, replicas and machines where the topologies want them', async () => {
  const account = await deployed();
  expect(contentOf(account).map(({ name, machines }) => [name, machines])).toEqual([
    ['bench-read-replicas', ['cdg ok', 'ord ok', 'syd ok']],
    ['bench-read-replicas-db', ['cdg primary', 'ord replica', 'syd replica']],
    ['bench-single-region', ['cdg ok']],
    ['bench-single-region-db', ['cdg primary']],
  ]);
  expect(account.apps['bench-single-region']?.addresses).toEqual(['v6', 'shared_v4']);
});

test('fills the database before it has replicas', async () => {
  const { changes } = await deployed();
  const at = (word: RegExp) => changes.findIndex((change) => word.test(change));
  expect(at(/^deploy .*-a bench-read-replicas /)).toBeLessThan(at(/^machine clone /));
});

test('a second call changes nothing', async () => {
  const account = await deployed();
  const before = structuredClone(account);
  await deployTo(account);
  expect(account).toEqual(before);
});

describe('whatever goes wrong, the next call goes on where that one stopped', async () => {
  const whole = await deployed();
  const faults = whole.changes.flatMap((command, at) =>
    (['before', 'half', 'after'] as const).map((when): [string, string, Fault] => [
      when,
      command.replaceAll(/[0-9a-f]{48}/g, '…').slice(0, 60),
      { at, when },
    ]),
  );

  test.each(faults)('%s of "%s"', async (_, __, fault) => {
    const account = { ...newAccount(), fault };
    let calls = 1;
    for (; calls < 4; calls++) {
      const failed = await deployTo(account).then(
        () => false,
        () => true,
      );
      if (!failed) break;
    }
    expect(calls).toBeLessThan(3);
    expect(contentOf(account)).toEqual(contentOf(whole));
    expect(madeTwice(account)).toEqual([]);
  });
});

/** Commands that create, and were repeated although what they had made was still there. */
function madeTwice({ changes, fault }: Account): string[] {
  const made = changes
    .filter((_, i) => i !== fault?.at)
    .filter((command) =>
      /^(apps create|postgres create|machine clone|scale count 1|ips)/.test(command),
    )
    .map((command) => command.replace(/--password \S+/, '').replace(/clone \S+/, 'clone'));
  return made.filter((command, i) => made.indexOf(command) !== i);
}

test('a region that is not wanted any more loses its machine', async () => {
  const account = await deployed();
  await deployTo(account, plansFor(['cdg', 'syd']));
  const regions = account.apps['bench-read-replicas']?.machines.map(({ region }) => region);
  expect(regions?.sort()).toEqual(['cdg', 'syd']);
});

test('a region without room is left out and named; the primary one is not', async () => {
  const account = { ...newAccount(), full: ['syd'] };
  expect(await deployTo(account)).toEqual(['syd']);
  expect(account.apps['bench-read-replicas']?.machines.map(({ region }) => region)).toEqual([
    'cdg',
    'ord',
  ]);
  await expect(deployTo({ ...newAccount(), full: ['cdg'] })).rejects.toThrow('insufficient memory');
});

test('a name that somebody else has says so', async () => {
  const error: unknown = await deployTo({ ...newAccount(), taken: ['bench-single-region'] }).catch(
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(BenchError);
  expect(error).toMatchObject({
    kind: 'usage',
    fix: expect.stringContaining('set app of [bench.fly]') as string,
  });
});

describe('what flyctl is refused for the account', () => {
  test.each([
    "! You'll need to add a payment method in order to proceed.\nError: payment method required to continue",
    'Error: failed to launch VM: To create more than 1 machine per app please add a payment method. https://fly.io/dashboard/x/billing',
  ])('%s', (said) => {
    const error = trouble('fly postgres create', said, 'flyctl.log');
    expect(error).toMatchObject({ kind: 'usage', noCapacity: false });
    expect(error.fix).toMatch(/^Add a payment card/);
  });

  test('a quota leaves the region out', () => {
    const said =
      'Error: organization "x" is using 9 MB of memory in syd which is over the allowed quota. please consider other regions';
    const error = trouble('fly machine clone', said, 'flyctl.log');
    expect(error).toMatchObject({ kind: 'fault', noCapacity: true });
    expect(error.fix).toContain('billing@fly.io');
  });
});

describe('apps that somebody else made', () => {
  async function problemsWith(spoil: (account: Account) => void, org = 'personal') {
    const account = await deployed();
    spoil(account);
    const look = remember(lookThrough(flyctlOf(account), never));
    return deployProblems(plansFor(['cdg']), org, look);
  }

  test('are not deployed to', async () => {
    const problems = await problemsWith(({ apps }) => {
      for (const name of ['bench-single-region', 'bench-single-region-db'])
        delete apps[name]?.secrets['BENCH_DEPLOY'];
    });
    expect(problems.map(({ where, what }) => `${where} ${what}`)).toEqual([
      'bench-single-region exists, and `bench deploy` did not make it',
      'bench-single-region-db exists, and `bench deploy` did not make it',
    ]);
  });

  test('are not destroyed, nor anything beside them', async () => {
    const account = await deployed();
    delete account.apps['bench-single-region']?.secrets['BENCH_DEPLOY'];
    const { problems } = await destroyPlan(
      plansFor(['cdg']),
      remember(lookThrough(flyctlOf(account), never)),
    );
    expect(problems.map(({ where }) => where)).toEqual(['bench-single-region']);
  });

  test('of another organisation are named with it', async () => {
    const [problem] = await problemsWith(() => undefined, 'acme');
    expect(problem?.what).toBe('is in the organisation "personal", not in "acme"');
  });

  test('a database whose password is lost is said to be useless', async () => {
    const problems = await problemsWith(({ apps }) => {
      delete apps['bench-single-region']?.secrets['DATABASE_URL'];
    });
    expect(problems[0]?.what).toContain('does not know its password any more');
  });
});

describe('destroying', () => {
  const pairs = plansFor(['cdg', 'syd', 'ord']);
  async function destroyAll(account: Account): Promise<void> {
    const flyctl = flyctlOf(account);
    const look = remember(lookThrough(flyctl, never));
    const { steps, problems } = await destroyPlan(pairs, look);
    expect(problems).toEqual([]);
    const events = { step: () => () => undefined };
    await carryOut(steps, '', { flyctl, look, events, patience }, never);
  }

  test.each(
    [0, 1, 2, 3].flatMap((n) => (['before', 'after'] as const).map((when) => [n, when] as const)),
  )('leaves nothing, also after command %i went wrong (%s)', async (n, when) => {
    const account = await deployed();
    account.fault = { at: account.changes.length + n, when };
    await destroyAll(account).catch(() => undefined);
    await destroyAll(account);
    expect(account.apps).toEqual({});
  });

  test('takes what an interrupted deployment left, whatever it was', async () => {
    const { changes } = await deployed();
    // The first one leaves an app without a mark: nobody can say whose it is.
    for (let at = 1; at < changes.length; at++) {
      const account: Account = { ...newAccount(), fault: { at, when: 'half' } };
      await deployTo(account).catch(() => undefined);
      const { problems } = await destroyPlan(
        pairs,
        remember(lookThrough(flyctlOf(account), never)),
      );
      if (problems.length > 0) continue;
      await destroyAll(account);
      expect(account.apps).toEqual({});
    }
  });
});
