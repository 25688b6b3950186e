import { build } from 'esbuild';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { packageRoot } from '../base/package-root.ts';
import { newAccount, type Account } from '../providers/fly/deploy/testing/fake-flyctl.ts';
import { benchHere } from '../test/support/bench-here.ts';
import { startBench } from '../test/support/bench.ts';

const home = process.cwd();
let program = '';
/** An account with \`few\` deployed. */
let deployed: Account;
let dir = '';

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fake-flyctl-'));
  program = join(folder, 'flyctl');
  await build({
    entryPoints: [
      join(packageRoot(), 'bench', 'providers', 'fly', 'deploy', 'testing', 'fake-flyctl-main.ts'),
    ],
    ...{ bundle: true, platform: 'node', format: 'cjs', outfile: program },
    banner: { js: `#!${process.execPath}` },
  });
  await chmod(program, 0o755);
  await begin();
  await run('deploy', ...few, '--yes', '--quiet');
  deployed = await account();
  await end();
});
afterAll(() => rm(join(program, '..'), { recursive: true }));

async function begin(): Promise<void> {
  dir = await mkdtemp(join(tmpdir(), 'bench-deploy-'));
  process.chdir(dir);
  await keep(newAccount());
  // The public URLs are not asked for here.
  vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response('ok')));
}
async function end(): Promise<void> {
  vi.restoreAllMocks();
  process.chdir(home);
  await rm(dir, { recursive: true });
}
beforeEach(begin);
afterEach(end);

const file = () => join(program, '..', 'account.json');
const environment = async () =>
  JSON.parse(await readFile(join(program, '..', 'environment.json'), 'utf8')) as NodeJS.ProcessEnv;
const keep = (account: Account) => writeFile(file(), JSON.stringify(account));
const account = async () => JSON.parse(await readFile(file(), 'utf8')) as Account;
const token = 'fm2_secretsecretsecret';
const env = () => ({
  ...{ FLYCTL: program, FLY_API_TOKEN: '', FLY_ACCESS_TOKEN: '' },
});
const few = ['--topologies', 'single-region', '--regions', 'cdg,syd'];
const run = (...args: string[]) => benchHere(args, env());
const machinesOf = ({ apps }: Account, app: string) =>
  apps[app]?.machines.map(
    ({ region, checks, memoryMb }) => `${region} ${checks[0]?.output ?? ''} ${String(memoryMb)} MB`,
  );

test('deploys, says where, and keeps what it wrote', async () => {
  const { code, stdout } = await run('deploy', ...few, '--yes', '--quiet');
  expect(stdout).toContain('single-region  https://global-latency-bench-single-region.fly.dev\n');
  expect(stdout).toContain('bench destroy --topologies single-region\n');
  expect(code).toBe(0);
  expect(Object.keys((await account()).apps)).toEqual([
    'global-latency-bench-single-region',
    'global-latency-bench-single-region-db',
  ]);
  expect(await readdir(join(dir, 'reports', 'deploy'))).toEqual([
    'fly.single-region.toml',
    'flyctl.log',
  ]);
});

test('a broken fly.toml of the working folder is not read', async () => {
  await writeFile(join(dir, 'fly.toml'), 'app = ');
  const FLYCTL = relative(process.cwd(), program);
  const { code, stderr } = await benchHere(['deploy', ...few, '--yes', '--quiet'], {
    ...env(),
    FLYCTL,
  });
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('flyctl gets the token, and nothing that is for somebody else', async () => {
  const others = {
    ...{ AWS_SECRET_ACCESS_KEY: 's3cret', PGPASSWORD: 's3cret', NODE_OPTIONS: '', K6_VUS: '7' },
    ...{ FLY_APP: 'another', FLY_JSON: '1', GITHUB_TOKEN: 's3cret', LC_ALL: 'C' },
  };
  const all = { ...env(), ...others, FLY_ACCESS_TOKEN: '' };
  await benchHere(['destroy', ...few.slice(0, 2), '--dry-run'], { ...all, FLY_API_TOKEN: token });
  const { FLY_API_TOKEN, LC_ALL, ...given } = await environment();
  expect({ FLY_API_TOKEN, LC_ALL }).toEqual({ FLY_API_TOKEN: token, LC_ALL: 'C' });
  expect(given['PATH']).toBeDefined();
  for (const name of Object.keys(others)) expect(given).not.toHaveProperty(name);
  expect(Object.values(given)).not.toContain('s3cret');
});

test('--staging and --json', async () => {
  const { stdout } = await run('deploy', ...few, '--staging', '--yes', '--quiet', '--json');
  expect(JSON.parse(stdout)).toEqual({
    topologies: [
      {
        ...{ topology: 'single-region', primary: 'cdg', regions: ['cdg'], replicas: [] },
        app: 'global-latency-bench-single-region-staging',
        database: 'global-latency-bench-single-region-staging-db',
        url: 'https://global-latency-bench-single-region-staging.fly.dev',
        private_url:
          'http://top1.nearest.of.global-latency-bench-single-region-staging.internal:8080',
        no_room: [],
      },
    ],
  });
});

test('no password and no token is in anything that is printed or written', async () => {
  const full = { ...newAccount(), full: ['cdg'] };
  await keep(full);
  const failed = await benchHere(['deploy', ...few, '--yes'], env());
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('could not reserve resource');
  await keep({ ...newAccount() });
  const done = await benchHere(['deploy', ...few, '--yes'], env());
  const secret = (await account()).apps['global-latency-bench-single-region']?.secrets[
    'DATABASE_URL'
  ];
  const [, password = ''] = /postgres:([0-9a-f]{48})@/.exec(secret ?? '') ?? [];
  expect(password).toHaveLength(48);
  const log = await readFile(join(dir, 'reports', 'deploy', 'flyctl.log'), 'utf8');
  for (const text of [failed.stdout, failed.stderr, done.stdout, done.stderr, log])
    expect(text).not.toMatch(/[0-9a-f]{48}/);
  expect(log).toContain('--password [password]');
});

describe('a dry run', () => {
  test('prints commands and files that a shell takes, and does nothing', async () => {
    const { code, stdout } = await run('deploy', ...few, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('fly apps create global-latency-bench-single-region --org personal\n');
    expect(stdout).toContain('--password "$PASSWORD"\n');
    expect(stdout).toContain('Nothing was done.');
    expect((await account()).changes).toEqual([]);
    expect(await readdir(dir)).toEqual([]);
  });

  test('holds commands that do what deploying does', async () => {
    const names = ['--topologies', 'read-replicas', '--regions', 'cdg,syd'];
    const { stdout } = await run('deploy', ...names, '--dry-run');
    const bin = join(dir, 'bin');
    await mkdir(bin);
    await symlink(program, join(bin, 'fly'));
    // What the real one would do beside changing the account.
    const tools = {
      curl: 'exit 0',
      openssl: `printf '%048d' 7`,
    };
    for (const [name, line] of Object.entries(tools))
      await writeFile(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    const { spawnSync } = await import('node:child_process');
    // What is wrong in this folder is none of its business.
    await writeFile(join(dir, 'fly.toml'), 'app = ');
    const shell = spawnSync('sh', [], {
      encoding: 'utf8',
      input: stdout,
      env: { ...process.env, ...env(), PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    });
    expect(shell.stderr).toBe('');
    expect(shell.status).toBe(0);
    const byHand = await account();
    expect(machinesOf(byHand, 'global-latency-bench-read-replicas-db')).toEqual([
      'cdg primary 2048 MB',
      'syd replica 2048 MB',
    ]);
    await keep(newAccount());
    await run('deploy', ...names, '--yes', '--quiet');
    const byUs = await account();
    const without = ({ changes }: Account) =>
      changes.map((command) => command.replace(/--password \S+/, ''));
    expect(without(byHand)).toEqual(without(byUs));
  });

  test('the commands end at the first that fails', async () => {
    const names = ['--topologies', 'read-replicas', '--regions', 'cdg,syd'];
    const { stdout } = await run('deploy', ...names, '--dry-run');
    await keep({ ...newAccount(), full: ['syd'] });
    const bin = join(dir, 'bin');
    await mkdir(bin);
    await symlink(program, join(bin, 'fly'));
    await writeFile(join(bin, 'openssl'), '#!/bin/sh\necho 7\n', { mode: 0o755 });
    const { spawnSync } = await import('node:child_process');
    const shell = spawnSync('sh', [], {
      encoding: 'utf8',
      input: stdout,
      env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    });
    expect(shell.status).toBe(1);
    expect(shell.stderr).toContain('insufficient memory');
    expect((await account()).changes.at(-1)).toMatch(/^machine clone \w+ --region syd/);
  });

  test('says what it costs, by the prices of which day', async () => {
    const { stdout } = await run('deploy', ...few, '--dry-run');
    // Two of 0.00001196 × 3600 × 1.1346 $/h, and a GB of volume.
    expect(stdout).toMatch(/about 0\.10 USD an hour \(Fly's prices of \d{4}-\d\d-\d\d\)/);
  });
});

describe('what stands against it is said in two lines, with exit code 2', () => {
  test.each([
    ['a retired region', ['--regions', 'cdg,scl'], /scl/, /--substitute scl=gru/],
    ['a misspelt topology', ['--topologies', 'read-replica'], /no topology/, /read-replicas/],
    ['no yes, and nobody to ask', few, /about 0\.10 USD an hour/, /--yes/],
  ])('%s', async (_, args, what, fix) => {
    const { code, stderr } = await run('deploy', ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(what);
    expect(stderr).toMatch(fix);
    expect((await account()).changes).toEqual([]);
  });

  test('a region that Fly has retired since this version was made', async () => {
    const regions = ['cdg', 'syd', 'sin'].map((code) => ({
      ...{ code, name: code, latitude: 1, longitude: 1, deprecated: code === 'syd' },
    }));
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ Regions: regions, Nearest: 'cdg' }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await benchHere(['deploy', ...few, '--yes'], {
      ...env(),
      ...{
        FLY_API_TOKEN: 'a-token-of-ours',
        FLY_FLAPS_BASE_URL: `http://127.0.0.1:${String(port)}`,
      },
    });
    server.close();
    expect(stderr).toContain('Fly has retired syd');
    expect(code).toBe(2);
    expect((await account()).changes).toEqual([]);
  });

  test('no flyctl', async () => {
    const { code, stderr } = await benchHere(['deploy', ...few, '--yes'], {
      ...env(),
      ...{ FLYCTL: '', PATH: dir },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('There is no flyctl in PATH.');
    expect(stderr).toContain('https://fly.io/docs/flyctl/install/');
  });

  test('not logged in', async () => {
    await keep({ ...newAccount(), loggedIn: false });
    const { code, stderr } = await run('deploy', ...few, '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('no access token available');
    expect(stderr).toContain('fly auth login');
  });

  test('a name that is too long', async () => {
    await writeFile(
      join(dir, 'fly.bench.toml'),
      `[bench.fly]\napp = "${'a'.repeat(41)}"\n[bench]\ntopologies = ["multi-region-single-db"]\n`,
    );
    const { code, stderr } = await run('deploy', '--regions', 'cdg', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('more than 63 letters');
  });
});

test('a region without room leaves the others, with exit code 6', async () => {
  await keep({ ...newAccount(), full: ['syd'] });
  const { code, stdout } = await run(
    ...['deploy', '--topologies', 'read-replicas', '--regions', 'cdg,syd,ord', '--yes', '--quiet'],
  );
  expect(code).toBe(6);
  expect(stdout).toContain('app in cdg, ord; database in cdg, replicas in ord\n');
  expect(stdout).toContain('no room in syd');
});

test('Ctrl-C ends flyctl, and says how to go on', async () => {
  const pause = join(program, '..', 'pause');
  await writeFile(pause, 'postgres create');
  onTestFinished(() => rm(pause));
  const running = await startBench(['deploy', ...few, '--yes'], {
    ...env(),
  });
  await running.says(/Telling global-latency-bench-single-region/);
  // The account is read while it is written, perhaps.
  const lastChange = () =>
    account().then(
      ({ changes }) => changes.at(-1) ?? '',
      () => '',
    );
  await expect.poll(lastChange).toContain('postgres create');
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('The same command again goes on');
});

describe('destroy', () => {
  test('takes everything away, and has nothing to do then', async () => {
    await keep(deployed);
    const dry = await run('destroy', ...few.slice(0, 2), '--dry-run');
    expect(dry.stdout).toMatch(/^Would destroy global-latency-bench-single-region-db, /);
    const { code, stdout } = await run('destroy', ...few.slice(0, 2), '--yes', '--quiet', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      destroyed: ['global-latency-bench-single-region-db', 'global-latency-bench-single-region'],
    });
    expect((await account()).apps).toEqual({});
    const again = await run('destroy', ...few.slice(0, 2), '--yes');
    expect(again).toMatchObject({ code: 0, stdout: 'There is nothing to destroy.\n' });
  });

  test('does nothing unasked', async () => {
    await keep(deployed);
    const { code, stderr } = await run('destroy', ...few.slice(0, 2));
    expect(code).toBe(2);
    expect(stderr).toContain('with all their data');
    expect(Object.keys((await account()).apps)).toHaveLength(2);
  });

  test('leaves what somebody else made', async () => {
    const before = structuredClone(deployed);
    delete before.apps['global-latency-bench-single-region']?.secrets['BENCH_DEPLOY'];
    await keep(before);
    const { code, stderr } = await run('destroy', ...few.slice(0, 2), '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('was not made by `bench deploy`');
    expect(await account()).toEqual(before);
  });
});

test('the token goes to flyctl and nowhere else', async () => {
  await keep({ ...newAccount(), loggedIn: false });
  const { stderr } = await benchHere(['destroy', ...few.slice(0, 2), '--yes'], {
    ...env(),
    FLY_API_TOKEN: `FlyV1 ${token}`,
  });
  const log = await readFile(join(dir, 'reports', 'deploy', 'flyctl.log'), 'utf8');
  expect(stderr + log).not.toContain(token);
});
