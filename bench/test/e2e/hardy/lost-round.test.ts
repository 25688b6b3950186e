import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Manifest } from '../../../samples/manifest.ts';
import type { Outcomes } from '../../../samples/outcome.ts';
import { readRun, runFromParis } from '../../support/run-from-paris.ts';
import { slowServer } from '../../support/slow-server.ts';

test('a round lost to a stall of the target is told, and measured again', async () => {
  const { url } = await slowServer(5, { at: 200, forMs: 4000 });
  const running = await runFromParis(['--target', `mine=${url}`, '--rounds', '6']);
  const { stderr, stdout } = await running.ended;
  expect(stderr).toContain('did not count at some vantage');
  expect(stdout).toContain('the target stalled');
  const { blocks } = await readRun<Outcomes>(running, 'outcomes.json');
  const { plan } = await readRun<Manifest>(running, 'manifest.json');
  const valid = blocks.filter((block) => block.valid);
  expect(plan.rounds).toBe(blocks.length);
  expect(blocks.length).toBeGreaterThan(6);
  expect(valid.length).toBeGreaterThanOrEqual(6);
  // The rows of both parts are one table.
  const samples = join(running.folder, 'run', 'samples');
  expect(await readdir(samples)).toEqual(['cdg.csv.gz']);
  const rows = gunzipSync(await readFile(join(samples, 'cdg.csv.gz'))).toString();
  expect(rows.match(/^metric_name,/gm)).toHaveLength(1);
  expect(rows).toContain(`round=${blocks.length - 1}`);
});
