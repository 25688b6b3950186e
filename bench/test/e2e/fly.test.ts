import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import { startFakeFly, type FakeFly } from '../../providers/fake/index.ts';
import { bench, startBench, type Running } from '../support/bench.ts';

let fake: FakeFly;
let url: string;
const server = createServer((_, response) => response.end('hello'));

beforeEach(async () => {
  fake = await startFakeFly({ foreignApps: ['theirs'] });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await fake.close();
});

const short = ['--rounds', '2', '--duration', '8s', '--rate', '10', '--out', 'run'];

test('k6 runs in Machines of three regions, and leaves none', async () => {
  const { running, ended } = await fly(['--regions', 'cdg,ord,syd', ...short]);
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

test('a retired region stops the run before anything is made, and a substitute helps', async () => {
  const retired = await fly(['--regions', 'cdg,scl', ...short]);
  expect(retired.ended.code).toBe(2);
  expect(retired.ended.stderr).toContain('Fly has retired scl; the nearest live region is gru');
  expect(retired.ended.stderr).toContain('--substitute scl=gru');
  expect(fake.machinesEver).toEqual([]);

  const instead = ['--substitute', 'scl=gru'];
  const { running, ended } = await fly(['--regions', 'cdg,scl', ...instead, ...short]);
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain('gru (for scl)');
  expect(await summaryOf(running)).toContain('mine,gru (for scl),visit,ttfb_warm,2,');
});

test('a region without capacity is missing; the others go on: exit 6', async () => {
  fake.shortage('syd', 'capacity');
  const { running, ended } = await fly(['--regions', 'cdg,syd', ...short]);
  expect(ended.code).toBe(6);
  expect(ended.stdout).toContain('syd is missing: Fly has no room in syd');
  expect(await summaryOf(running)).toContain('mine,cdg,visit,ttfb_warm,2,');
  expect(fake.machines()).toEqual([]);
});

test('Ctrl-C while k6 runs keeps the samples and destroys the Machines', async () => {
  const running = await start([
    '--regions',
    'cdg,ord',
    '--rounds',
    '4',
    '--duration',
    '60s',
    '--out',
    'run',
  ]);
  await running.says(/round \d/);
  running.child.kill('SIGINT');
  const ended = await running.ended;
  expect(ended.code).toBe(130);
  expect(fake.machines()).toEqual([]);
  expect((await manifestOf(running)).state).toBe('interrupted');
  expect(await readdir(join(running.folder, 'run', 'samples'))).toHaveLength(2);
});

test('bench clean brings home what a killed controller left, and destroys its Machines', async () => {
  const long = ['--rounds', '4', '--duration', '60s', '--rate', '10', '--out', 'run'];
  const running = await start(['--regions', 'cdg', ...long]);
  await running.says(/round 1/);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(fake.machines()).toHaveLength(1);
  const { code, stdout } = await bench(['clean'], env());
  expect(code).toBe(0);
  expect(stdout).toContain('the process that made it is gone');
  expect(stdout).toMatch(/its samples are in \S*run\.partial\/samples\/cdg\.csv\.gz/);
  expect(fake.machines()).toEqual([]);
  const report = await bench(['report', join(running.folder, 'run'), '--format', 'csv']);
  // The first round was not over; its requests are there and don't count.
  expect(report.stdout).toMatch(/^mine,cdg,visit,ttfb_warm,.*,[1-9]\d*$/m);
});

test.each([
  ['no token', { FLY_API_TOKEN: '' }, '', [], /no Fly token/i],
  ['a token that is not accepted', { FLY_API_TOKEN: 'wrong' }, '', [], /token/],
  ['an organisation that is not ours', {}, 'org = "theirs"', [], /organi[sz]ation/],
  ['an app of somebody else', {}, 'app = "theirs"', [], /theirs.*another organization/],
  ['no region', {}, '', ['--regions', ''], /at least one region/],
  [
    'a target that refuses',
    {},
    '',
    ['--target', 'mine=http://127.0.0.1:1'],
    /mine.*nothing listens there/,
  ],
])(
  '%s: one line what, one line how to fix, exit 2, nothing launched',
  async (_, vars, settings, args, words) => {
    const file = join(await mkdtemp(join(tmpdir(), 'bench-fly-')), 'fly.bench.toml');
    onTestFinished(() => rm(dirname(file), { recursive: true }));
    await writeFile(file, `[bench.fly]\n${settings}\n`);
    const { ended } = await fly(['--config', file, '--regions', 'cdg', ...short, ...args], vars);
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).toMatch(/^ {2}fix /m);
    expect(ended.code).toBe(2);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('wrong');
    expect(fake.machinesEver).toEqual([]);
  },
);

const env = (vars: Record<string, string> = {}) => ({
  FLY_FLAPS_BASE_URL: fake.url,
  FLY_API_TOKEN: 'test-token',
  ...vars,
});

async function start(args: readonly string[], vars = {}): Promise<Running> {
  const target = ['--target', `mine=${url}`];
  return startBench(['run', '--provider', 'fly', ...target, ...args], env(vars));
}

async function fly(args: readonly string[], vars = {}) {
  const running = await start(args, vars);
  running.child.stdin.end();
  return { running, ended: await running.ended };
}

const inRun = (running: Running, file: string) =>
  readFile(join(running.folder, 'run', file), 'utf8');
const summaryOf = (running: Running) => inRun(running, 'summary.csv');
const manifestOf = async (running: Running) =>
  JSON.parse(await inRun(running, 'manifest.json')) as Manifest;
