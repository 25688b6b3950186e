import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bench, startBench } from '../../support/bench.ts';
import { lastRowUs } from '../../support/last-row.ts';
import { descendantsOf, leftAfter } from '../../support/processes.ts';
import { shortRun, worldFolders } from '../../support/short-run.ts';

/** Only what is left for good is left so long; scripts/bench-faults.ts measures how long it takes. */
const goneMs = 30_000;

test('after kill -9 nothing is left, and the rows so far can be reported', async () => {
  const running = await startBench(shortRun);
  await running.says(/round 2\/2/);
  const seen = descendantsOf(running.pid);
  expect(seen.length).toBeGreaterThan(10);
  const run = join(running.folder, 'run');
  const rowsOf = (vantage: string) => join(`${run}.partial`, 'samples', `${vantage}.csv`);
  const before = await Promise.all(['cdg', 'ord'].map((vantage) => lastRowUs(rowsOf(vantage))));
  const killedUs = 1000 * Date.now();
  // A machine that is busy may have k6 write late, but never as late as its buffer once did.
  for (const atUs of before) expect(killedUs - atUs).toBeLessThan(5e6);
  running.child.kill('SIGKILL');
  await running.ended;
  expect(await leftAfter(seen, goneMs)).toEqual([]);
  expect(await worldFolders(running)).toEqual([]);
  expect(await readdir(join(`${run}.partial`, 'samples'))).toHaveLength(2);
  const { code, stdout } = await bench(['report', run, '--format', 'csv']);
  expect(code).toBe(0);
  const [head = '', ...rows] = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const counted = (row: string[]) => Number(row[head.indexOf('n')]) + Number(row.at(-1));
  // The first round is on disk; how many of its requests count depends on the machine.
  expect(rows.map(counted).reduce((a, b) => a + b)).toBeGreaterThan(20);
});
