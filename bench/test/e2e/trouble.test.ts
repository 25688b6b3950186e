import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import { bench, startBench, type Running } from '../support/bench.ts';
import { descendantsOf, leftAfter } from '../support/processes.ts';

const short = [
  'run',
  ...['--regions', 'cdg,ord', '--topologies', 'single-region,read-replicas'],
  ...['--rounds', '2', '--duration', '16s', '--out', 'run'],
];

/** From the signal on, everything must be gone within this. */
const goneMs = 2000;
/** How much later a loaded machine may be. */
const slackMs = 1500;

describe.each([
  ['while the database is made', /Getting k6 ready/],
  ['while the app machines start', /Starting the databases: /],
  ['while the load runs', /round 1\/2/],
])('Ctrl-C %s', (_, moment) => {
  test('ends everything at once and exits with 130', async () => {
    const running = await startBench(short);
    await running.says(moment);
    const seen = descendantsOf(running.pid);
    const asked = Date.now();
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(stderr).toContain('everything was cleaned up');
    expect(code).toBe(130);
    expect(Date.now() - asked).toBeLessThan(goneMs + slackMs);
    expect(await leftAfter(seen, 0)).toEqual([]);
    expect(await worldFolders(running)).toEqual([]);
  });
});

test('what was measured before Ctrl-C is kept and can be read', async () => {
  const running = await startBench(short);
  await running.says(/round 2\/2/);
  running.child.kill('SIGINT');
  await running.ended;
  const run = join(running.folder, 'run');
  const manifest = JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.state).toBe('interrupted');
  expect(await readdir(join(run, 'samples'))).toHaveLength(2);
  expect(await readFile(join(run, 'summary.csv'), 'utf8')).toMatch(
    /read-replicas,ord,search,ttfb_warm,1,/,
  );
});

test('after kill -9 nothing is left, and the rows so far can be reported', async () => {
  const running = await startBench(short);
  await running.says(/round 2\/2/);
  const seen = descendantsOf(running.pid);
  expect(seen.length).toBeGreaterThan(10);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(await leftAfter(seen, goneMs + slackMs)).toEqual([]);
  expect(await worldFolders(running)).toEqual([]);
  const run = join(running.folder, 'run');
  expect(await readdir(join(`${run}.partial`, 'samples'))).toHaveLength(2);
  const { code, stdout } = await bench(['report', run, '--format', 'csv']);
  expect(code).toBe(0);
  const [head = '', ...rows] = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const counted = (row: string[]) => Number(row[head.indexOf('n')]) + Number(row.at(-1));
  // What k6 had not written yet is lost with it; how many whole rounds that leaves depends on the machine.
  expect(rows.map(counted).reduce((a, b) => a + b)).toBeGreaterThan(20);
});

test('k6 killed in one region: the other is kept, exit 6, and the report shows the gap', async () => {
  const running = await startBench(short);
  await running.says(/round 1\/2/);
  const k6 = descendantsOf(running.pid).find(({ command }) => command.includes('ord.csv.gz'));
  if (k6 === undefined) throw new Error('no k6 for ord');
  process.kill(k6.pid, 'SIGKILL');
  const { code, stdout } = await running.ended;
  expect(code).toBe(6);
  expect(stdout).toContain('killed by SIGKILL');
  const summary = await readFile(join(running.folder, 'run', 'summary.csv'), 'utf8');
  expect(summary).toMatch(/read-replicas,cdg,search,ttfb_warm,2,/);
});

test('an app machine that dies in the middle makes its rounds invalid, and nothing hangs', async () => {
  const running = await startBench(short);
  await running.says(/round 1\/2/);
  const apps = descendantsOf(running.pid).filter(({ command }) => command.includes('dist/app.mjs'));
  for (const { pid } of apps) process.kill(pid, 'SIGKILL');
  const { code } = await running.ended;
  expect(code).toBe(3);
  expect(await worldFolders(running)).toEqual([]);
});

const worldFolders = async (running: Running): Promise<string[]> =>
  (await running.leftFiles()).filter((name) => name.startsWith('bench-'));
