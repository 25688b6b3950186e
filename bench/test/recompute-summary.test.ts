import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../base/package-root.ts';
import type { Manifest } from '../samples/manifest.ts';
import type { Outcomes } from '../samples/outcome.ts';
import { partialOf } from '../samples/run-folder.ts';
import { benchHere } from './support/bench-here.ts';
import { startAt, writeSyntheticRun } from './support/synthetic-run.ts';

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

/** As a kill leaves it: two of four rounds in a part of their own, of which some vantages were judged and some not. */
async function writeCutRun(judged: (block: Outcomes['blocks'][number]) => boolean) {
  const dir = await writeSyntheticRun(join(root, `cut-${Math.random()}`), {
    ...{ rounds: 4, vantages: ['cdg', 'ord'], staleReads: true, linkOff: [1] },
  });
  const at = (name: string) => join(dir, name);
  const manifest = JSON.parse(await readFile(at('manifest.json'), 'utf8')) as Manifest;
  await writeFile(
    at('manifest.json'),
    JSON.stringify({ ...manifest, startAt, added: [2], files: undefined }),
  );
  const { blocks } = JSON.parse(await readFile(at('outcomes.json'), 'utf8')) as Outcomes;
  await writeFile(at('outcomes.json'), JSON.stringify({ blocks: blocks.filter(judged) }));
  const rows = gunzipSync(await readFile(at('samples/ord.csv.gz'))).toString();
  const [header = '', ...lines] = rows.trimEnd().split('\n');
  const isLater = (line: string) => /round=[23]/.test(line);
  const packed = (some: readonly string[]) => gzipSync([header, ...some, ''].join('\n'));
  await writeFile(at('samples/ord.csv.gz'), packed(lines.filter((line) => !isLater(line))));
  await writeFile(at('samples/ord.part1.csv.gz'), packed(lines.filter(isLater)));
  await rename(dir, partialOf(dir));
  await benchHere(['report', dir]);
  return dir;
}

test.each([
  ['after its first part was judged', (round: number) => round < 2],
  ['before anything was', () => false],
])('a run that was killed %s, with a later part of its own', async (_, judged) => {
  const dir = await writeCutRun(({ round }) => judged(round));
  const { code, stdout, stderr } = recompute(dir);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe('18 cells, 306 figures: all equal\n');
  const summary = await readFile(join(partialOf(dir), 'summary.csv'), 'utf8');
  // Of ord's four rounds one had a link off.
  expect(summary).toMatch(/^single-region,ord,search,ttfb_warm,3,150,/m);
  expect(summary).toMatch(/^single-region,cdg,search,ttfb_warm,4,200,/m);
});
