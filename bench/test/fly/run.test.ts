import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test as plain, vi } from 'vitest';
import { startFakeFly, type FakeFly } from '../../providers/fake/index.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { bench, launchBench, type Ended, type Running } from '../support/bench.ts';

// Whole runs, side by side with other tests.
vi.setConfig({ testTimeout: 240_000 });

/** Each test has an account and a target of its own: they mostly wait, so they run side by side. */
interface Account {
  readonly fake: FakeFly;
  /** The target. */
  readonly server: Server;
  /** For files of the test. */
  readonly folder: string;
  /** Starts `bench run` on Fly against the target. */
  readonly start: (args: readonly string[], env?: Record<string, string>) => Promise<Running>;
  /** The same to its end. */
  readonly run: (
    args: readonly string[],
    env?: Record<string, string>,
  ) => Promise<{ running: Running; ended: Ended }>;
  readonly env: Record<string, string>;
}

const test = plain.extend<{ account: Account }>({
  // eslint-disable-next-line no-empty-pattern -- Vitest reads there which other fixtures are needed.
  account: async ({}, use) => {
    const fake = await startFakeFly({ foreignApps: ['theirs'], live: ['mad'] });
    const server = createServer((_, response) => response.end('hello'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const folder = await mkdtemp(join(tmpdir(), 'bench-fly-'));
    const started: Running[] = [];
    const env = { FLY_FLAPS_BASE_URL: fake.url, FLY_API_TOKEN: fake.token };
    const start: Account['start'] = async (args, more = {}) => {
      const command = ['run', '--provider', 'fly', '--target', `mine=${url}`, ...args];
      const running = await launchBench(command, { ...env, ...more });
      started.push(running);
      running.child.stdin.end();
      return running;
    };
    const run: Account['run'] = async (args, more) => {
      const running = await start(args, more);
      return { running, ended: await running.ended };
    };
    await use({ fake, server, folder, start, run, env });
    await Promise.all(started.map((running) => running.tidyUp()));
    server.closeAllConnections();
    server.close();
    await fake.close();
    await rm(folder, { recursive: true });
  },
});

const short = ['--rounds', '2', '--duration', '8s', '--rate', '10', '--out', 'run'];
const long = ['--rounds', '4', '--duration', '60s', '--rate', '10', '--out', 'run'];

describe.concurrent('bench run --provider fly', () => {
  test('k6 runs in Machines of three regions, and leaves none', async ({ account }) => {
    const { fake, run } = account;
    const { running, ended } = await run(['--regions', 'cdg,ord,syd', ...short]);
    expect(ended.stderr).not.toContain('error');
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain('3 Fly Machines');
    const { state, provider, machines } = await manifestOf(running);
    expect({ state, provider }).toEqual({ state: 'complete', provider: 'fly' });
    expect(machines?.map(({ region }) => region).sort()).toEqual(['cdg', 'ord', 'syd']);
    expect(await summaryOf(running)).toMatch(/^mine,syd,visit,ttfb_warm,2,\d+/m);
    expect(fake.machinesEver).toHaveLength(3);
    expect(fake.machines()).toEqual([]);
    expect(fake.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('a retired region stops the run before anything is made', async ({ account }) => {
    const { fake, run } = account;
    const { ended } = await run(['--regions', 'cdg,scl', ...short]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('Fly has retired scl; the nearest live region is gru');
    expect(ended.stderr).toContain('--substitute scl=gru');
    expect(fake.machinesEver).toEqual([]);
  });

  test('a substitute measures in its place, and says so', async ({ account }) => {
    const instead = ['--regions', 'cdg,scl', '--substitute', 'scl=gru'];
    const { running, ended } = await account.run([...instead, ...short]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('gru (for scl)');
    expect(await summaryOf(running)).toContain('mine,gru (for scl),visit,ttfb_warm,2,');
  });

  test('a region that this version does not know is measured, and shown where Fly says it is', async ({
    account,
  }) => {
    const { running, ended } = await account.run(['--regions', 'cdg,mad', ...short]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('mad Madrid, Spain');
    const { regions, rtt } = await manifestOf(running);
    expect(regions).toEqual({ mad: { city: 'Madrid, Spain', lat: 40.42, lon: -3.7 } });
    expect(rtt['cdg-mad']?.source).toBe('estimate');
    const page = await inRun(running, 'index.html');
    expect(page).toContain('title="mad, Madrid, Spain"');
    expect(page).not.toContain('nobody knows where it is');
  });

  test('a region without capacity is missing; the others go on: exit 6', async ({ account }) => {
    const { fake, run } = account;
    fake.shortage('syd', 'capacity');
    const { running, ended } = await run(['--regions', 'cdg,syd', ...short]);
    expect(ended.code).toBe(6);
    expect(ended.stdout).toContain('syd is missing: Fly has no room in syd');
    expect(await summaryOf(running)).toContain('mine,cdg,visit,ttfb_warm,2,');
    expect(fake.machines()).toEqual([]);
  });

  test('Ctrl-C keeps the samples and destroys the Machines', async ({ account }) => {
    const { fake, start } = account;
    const running = await start(['--regions', 'cdg,ord', ...long]);
    await running.says(/round \d/);
    running.child.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    expect(fake.machines()).toEqual([]);
    expect((await manifestOf(running)).state).toBe('interrupted');
    expect(await readdir(join(running.folder, 'run', 'samples'))).toHaveLength(2);
  });

  test('bench clean brings home what a killed controller left', async ({ account }) => {
    const { fake, start, env } = account;
    const running = await start(['--regions', 'cdg', ...long]);
    await running.says(/round 1/);
    running.child.kill('SIGKILL');
    await running.ended;
    expect(fake.machines()).toHaveLength(1);
    const { code, stdout } = await bench(['clean'], env);
    expect(code).toBe(0);
    expect(stdout).toContain('the process that made it is gone');
    expect(stdout).toMatch(/its samples are in \S*run\.partial\/samples\/cdg\.csv\.gz/);
    expect(fake.machines()).toEqual([]);
    const report = await bench(['report', join(running.folder, 'run'), '--format', 'csv']);
    // The first round was not over; its requests are there and don't count.
    expect(report.stdout).toMatch(/^mine,cdg,visit,ttfb_warm,0,0,{10}0,[1-9]\d*,/m);
  });
});

describe.concurrent('a token that is revoked meanwhile', () => {
  test('ends the run, says what may be left, and bench clean completes it later', async ({
    account,
  }) => {
    const { fake, start, env } = account;
    const running = await start(['--regions', 'cdg', ...long]);
    await running.says(/round 1/);
    fake.faults.failFor('*', 3_600_000, 401);
    const ended = await running.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/error Machines of this run may be left .* token/);
    expect(ended.stderr).toContain('`bench clean`');
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(fake.token);
    expect((await manifestOf(running)).state).toBe('partial');
    expect(fake.machines()).toHaveLength(1);
    fake.faults.failFor('*', 0, 401);
    const cleaned = await bench(['clean'], env);
    expect(cleaned.stdout).toMatch(/its samples are in \S*run\/samples\/cdg\.csv\.gz/);
    expect(fake.machines()).toEqual([]);
    const report = await bench(['report', join(running.folder, 'run'), '--format', 'csv']);
    expect(report.stdout).toMatch(/^mine,cdg,visit,ttfb_warm,/m);
  });
});

interface Wrong {
  readonly what: string;
  readonly env?: Record<string, string>;
  /** Of `[bench.fly]`. */
  readonly settings?: string;
  readonly args?: readonly string[];
  /** The target's server ends before. */
  readonly isDead?: boolean;
  readonly words: RegExp;
}

const wrong: readonly Wrong[] = [
  { what: 'no token', env: { FLY_API_TOKEN: '' }, words: /no Fly token/i },
  { what: 'a wrong token', env: { FLY_API_TOKEN: 'not-mine' }, words: /token/ },
  { what: 'somebody else’s organisation', settings: 'org = "theirs"', words: /organi[sz]ation/ },
  { what: 'somebody else’s app', settings: 'app = "theirs"', words: /theirs.*another org/ },
  { what: 'no region', args: ['--regions', ''], words: /at least one region/ },
  {
    what: 'a dead target',
    isDead: true,
    words: /nothing listens/,
  },
];

describe.concurrent('one line what, one line how to fix, exit 2, nothing launched', () => {
  for (const { what, env, settings = '', args = [], isDead, words } of wrong)
    test(what, async ({ account }) => {
      const file = join(account.folder, 'fly.bench.toml');
      await writeFile(file, `[bench.fly]\n${settings}\n`);
      if (isDead === true) account.server.close();
      const all = ['--config', file, '--regions', 'cdg', ...short, ...args];
      const { ended } = await account.run(all, env);
      expect(ended.stderr).toMatch(words);
      expect(ended.stderr).toMatch(/^ {2}fix /m);
      expect(ended.code).toBe(2);
      expect(`${ended.stdout}${ended.stderr}`).not.toContain('not-mine');
      expect(account.fake.machinesEver).toEqual([]);
    });
});

const inRun = (running: Running, file: string): Promise<string> =>
  readFile(join(running.folder, 'run', file), 'utf8');
const summaryOf = (running: Running): Promise<string> => inRun(running, 'summary.csv');
const manifestOf = async (running: Running): Promise<Manifest> =>
  JSON.parse(await inRun(running, 'manifest.json')) as Manifest;
