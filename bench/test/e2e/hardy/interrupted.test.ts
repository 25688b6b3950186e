import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Manifest } from '../../../samples/manifest.ts';
import { startBench } from '../../support/bench.ts';
import { descendantsOf, leftAfter } from '../../support/processes.ts';
import { shortRun, worldFolders } from '../../support/short-run.ts';

/**
 * Whoever waits for the load to end takes longer, and what ends at once does not, however busy the machine is;
 * scripts/bench-faults.ts measures how long it takes.
 */
const atOnceMs = 10_000;

test.each([
  ['while the database is made', /Getting k6 ready/, false],
  ['while the app machines start', /Starting the databases: /, false],
  ['while the load runs', /round 2\/2/, true],
])('Ctrl-C %s ends everything at once, and exits with 130', async (_, moment, hasMeasured) => {
  const running = await startBench(shortRun);
  await running.says(moment);
  const seen = descendantsOf(running.pid);
  const asked = performance.now();
  running.child.kill('SIGINT');
  const { code, stderr } = await running.ended;
  const tookMs = performance.now() - asked;
  expect(stderr).toContain('everything was cleaned up');
  expect(code).toBe(130);
  expect(tookMs).toBeLessThan(atOnceMs);
  expect(await leftAfter(seen, 0)).toEqual([]);
  expect(await worldFolders(running)).toEqual([]);
  if (!hasMeasured) return;
  // What was measured is kept, and can be read.
  const run = join(running.folder, 'run');
  const manifest = JSON.parse(await readFile(join(run, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.state).toBe('interrupted');
  expect(await readdir(join(run, 'samples'))).toHaveLength(2);
  expect(await readFile(join(run, 'summary.csv'), 'utf8')).toMatch(
    /read-replicas,ord,search,ttfb_warm,1,/,
  );
});
