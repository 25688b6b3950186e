import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ensureK6 } from '../../../k6/install.ts';
import { isUntrustworthy } from '../../../base/distrust.ts';
import type { Manifest } from '../../../samples/manifest.ts';
import { readRun, runFromParis } from '../../support/run-from-paris.ts';
import { slowServer } from '../../support/slow-server.ts';

test('A/A measures one target twice, says what it found, and keeps it for later runs', async () => {
  const quiet = { note: () => undefined, progress: () => undefined };
  const { path } = await ensureK6(quiet, new AbortController().signal);
  const caches = await mkdtemp(join(tmpdir(), 'bench-caches-'));
  onTestFinished(() => rm(caches, { recursive: true }));
  const target = ['--target', `mine=${(await slowServer(5)).url}`];
  const env = { XDG_CACHE_HOME: caches, K6_PATH: path };
  const first = await runFromParis(['--aa', ...target, '--rounds', '6', '--duration', '40s'], env);
  const { stdout } = await first.ended;
  const { plan, warnings } = await readRun<Manifest>(first, 'manifest.json');
  expect(plan.targets.map(({ name }) => name)).toEqual(['mine', 'mine-again']);
  expect(stdout).toMatch(/A\/A: 2 verdicts on a target against itself, \d of them false alarms\./);
  const folder = join(caches, 'global-latency-bench');
  const names = await readdir(folder).catch(() => []);
  const file = names.find((name) => name.startsWith('noise-'));
  // A machine too restless to be trusted is no measure of its noise.
  if (warnings.some(isUntrustworthy)) {
    expect(file).toBeUndefined();
    return;
  }
  const kept: unknown = JSON.parse(await readFile(join(folder, file ?? ''), 'utf8'));
  expect(kept).toMatchObject({
    records: [{ cells: [{ vantage: 'cdg', quantile: 'p50' }, { quantile: 'p95' }] }],
  });
});
