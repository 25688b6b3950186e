import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, startBench } from '../../support/bench.ts';
import { descendantsOf, leftAfter } from '../../support/processes.ts';
import { shortRun, worldFolders } from '../../support/short-run.ts';

/** Only what is left for good is left so long; scripts/bench-faults.ts measures how long it takes. */
const goneMs = 30_000;

test('after kill -9 nothing is left, and the rows so far can be reported', async () => {
  const running = await startBench(shortRun);
  await running.says(/round 2\/2/);
  const seen = descendantsOf(running.pid);
  expect(seen.length).toBeGreaterThan(10);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(await leftAfter(seen, goneMs)).toEqual([]);
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
  const running = await startBench(shortRun);
  await running.says(/round 1\/2/);
  const k6 = descendantsOf(running.pid).find(({ command }) => command.includes('/k6/ord/'));
  if (k6 === undefined) throw new Error('no k6 for ord');
  process.kill(k6.pid, 'SIGKILL');
  const { code, stdout } = await running.ended;
  expect(code).toBe(6);
  expect(stdout).toContain('killed by SIGKILL');
  const summary = await readFile(join(running.folder, 'run', 'summary.csv'), 'utf8');
  // Both rounds, unless a busy machine lost one.
  expect(summary).toMatch(/read-replicas,cdg,search,ttfb_warm,[12],/);
});

test('an app machine that dies in the middle makes its rounds invalid, and nothing hangs', async () => {
  const running = await startBench(shortRun);
  await running.says(/round 1\/2/);
  const apps = descendantsOf(running.pid).filter(({ command }) => command.includes('dist/app.mjs'));
  for (const { pid } of apps) process.kill(pid, 'SIGKILL');
  const { code } = await running.ended;
  expect(code).toBe(3);
  expect(await worldFolders(running)).toEqual([]);
});
