import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../base/package-root.ts';
import type { Outcomes } from '../samples/outcome.ts';
import { benchHere } from './support/bench-here.ts';
import { writeSyntheticRun } from './support/synthetic-run.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bench-recompute-'));
});
afterAll(() => rm(root, { recursive: true }));

/** Runs the program as a stranger would. */
function recompute(run: string): { code: number | null; stdout: string; stderr: string } {
  const script = join(packageRoot(), 'scripts', 'recompute-summary.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, run], {
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** 3 targets × 4 vantages × search and the two steps of read-your-writes; one round of it invalid, one file cut. */
async function writeRun(name: string): Promise<string> {
  const dir = await writeSyntheticRun(join(root, name), { staleReads: true });
  const file = join(dir, 'outcomes.json');
  const { blocks } = JSON.parse(await readFile(file, 'utf8')) as Outcomes;
  const lost = blocks.map((block) =>
    block.vantage === 'ord' && block.round === 3 ? { ...block, valid: false } : block,
  );
  await writeFile(file, JSON.stringify({ blocks: lost }));
  const rows = join(dir, 'samples', 'scl.csv.gz');
  await truncate(rows, Math.floor(0.7 * (await stat(rows)).size));
  await benchHere(['report', dir]);
  return dir;
}

test('every figure follows from the samples and outcomes.json, by a program that shares no code', async () => {
  const dir = await writeRun('run');
  expect(recompute(dir)).toEqual({
    code: 0,
    stdout: '36 cells, 612 figures: all equal\n',
    stderr: '',
  });
  const summary = join(dir, 'summary.csv');
  const before = await readFile(summary, 'utf8');
  // As the first figure of the first cell.
  await writeFile(summary, before.replace(/,8,400,(\d+)\.(\d{3})\d,/, ',8,400,$1.$2x,'));
  const doctored = recompute(dir);
  expect(doctored.code).toBe(1);
  expect(doctored.stdout).toContain('36 cells, 612 figures: 1 differ');
  expect(doctored.stderr).toMatch(
    /^single-region, cdg, search, ttfb_warm: p50_ms is "\d\.\d{3}x" in summary.csv/,
  );
});

test('a cell that the summary leaves out is missed', async () => {
  const dir = await writeRun('short');
  const summary = join(dir, 'summary.csv');
  const rows = (await readFile(summary, 'utf8')).split('\n');
  await writeFile(
    summary,
    rows.filter((row) => !row.startsWith('read-replicas,syd,search,')).join('\n'),
  );
  const { code, stderr } = recompute(dir);
  expect(code).toBe(1);
  expect(stderr).toBe('read-replicas, syd, search, ttfb_warm: not in summary.csv\n');
});

test('the real run that is kept as an example agrees too', async () => {
  const dir = join(root, 'example');
  await cp(join(packageRoot(), 'reports', 'example'), dir, { recursive: true });
  await benchHere(['report', dir]);
  const { code, stdout, stderr } = recompute(dir);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^\d+ cells, \d+ figures: all equal\n$/);
});
