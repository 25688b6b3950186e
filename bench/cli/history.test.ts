import {
  cp,
  mkdtemp,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Manifest } from '../samples/manifest.ts';
import { benchHere } from '../test/support/bench-here.ts';
import { writeSyntheticRun } from '../test/support/synthetic-run.ts';

let root = '';
/** The folder of the three nights alone. */
const runs = () => join(root, 'runs');
const nights = ['night-1', 'night-2', 'night-3'];

/** A run as of that day; its summaries made by `bench report`, as by `bench run`. */
async function writeNight(dir: string, day: number): Promise<void> {
  await writeSyntheticRun(dir, { seed: day, targets: ['single-region'], vantages: ['cdg', 'syd'] });
  const file = join(dir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const startedAtIso = new Date(Date.UTC(2026, 10, day)).toISOString();
  await writeFile(file, JSON.stringify({ ...manifest, runId: `night-${day}`, startedAtIso }));
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bench-history-'));
  for (const [i, name] of nights.entries()) await writeNight(join(runs(), name), i + 1);
  await symlink('night-3', join(runs(), 'latest'));
});
afterAll(() => rm(root, { recursive: true }));

const medians = (stdout: string) =>
  (JSON.parse(stdout) as { cells: { points: ({ ms: number } | null)[] }[] }).cells.map(
    ({ points }) => points.map((point) => point?.ms),
  );

test('a folder of runs becomes a table, each run once', async () => {
  const { code, stdout, stderr } = await benchHere(['history', runs()]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('p50 over 3 runs, 2026-11-01 to 2026-11-03');
  expect(stdout).toMatch(/^single-region at syd +▁▁▁ /m);
});

test('runs can be named one by one', async () => {
  const { code, stdout } = await benchHere([
    'history',
    ...nights.slice(1).map((name) => join(runs(), name)),
    '--format',
    'csv',
  ]);
  expect(code).toBe(0);
  // 2 runs, 2 vantages, and the header.
  expect(stdout.trimEnd().split('\n')).toHaveLength(5);
});

describe('summary.json', () => {
  let copy = '';
  const summary = () => join(copy, 'night-1', 'summary.json');
  beforeEach(async () => {
    copy = await mkdtemp(join(root, 'copy-'));
    await cp(join(runs(), 'night-1'), join(copy, 'night-1'), { recursive: true });
    await cp(join(runs(), 'night-2'), join(copy, 'night-2'), { recursive: true });
    await benchHere(['report', join(copy, 'night-1')]);
    const json = JSON.parse(await readFile(summary(), 'utf8')) as {
      cells: { p50: { ms: number } }[];
    };
    for (const cell of json.cells) cell.p50.ms = 77;
    await writeFile(summary(), JSON.stringify(json));
  });

  test('is used where it is newer than the samples', async () => {
    const { stdout } = await benchHere(['history', copy, '--json']);
    expect(medians(stdout).map(([first]) => first)).toEqual([77, 77]);
  });

  test('is not believed where it is older', async () => {
    await utimes(summary(), new Date(0), new Date(0));
    const { stdout } = await benchHere(['history', copy, '--json']);
    const [cdg, syd] = medians(stdout).map(([first]) => first);
    expect(cdg).toBeCloseTo(5, 0);
    expect(syd).toBeCloseTo(291, -1);
  });
});

describe('trouble', () => {
  const with3 = (name: string) => [...nights.map((night) => join(runs(), night)), join(root, name)];
  const night4 = async (name: string): Promise<string> => {
    await writeNight(join(root, name), 4);
    return join(root, name);
  };

  test('a damaged run is said, and the others go on', async () => {
    const dir = await night4('damaged');
    await writeFile(join(dir, 'manifest.json'), '{"schema": 1, "runId"');
    const { code, stdout, stderr } = await benchHere(['history', ...with3('damaged')]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning \S+damaged\/manifest.json is damaged .* It is left out\.$/m);
    expect(stdout).toContain('p50 over 3 runs');
  });

  test('a run of a later version is said', async () => {
    const dir = await night4('later');
    await writeFile(join(dir, 'manifest.json'), '{"schema": 9}');
    const { code, stderr } = await benchHere(['history', ...with3('later')]);
    expect(code).toBe(0);
    expect(stderr).toContain('has schema 9; this version knows 1. It is left out.');
  });

  test('a region that breaks off is used up to the break, and said', async () => {
    const dir = await night4('cut');
    const rows = join(dir, 'samples', 'syd.csv.gz');
    await truncate(rows, (await stat(rows)).size / 2);
    const { code, stdout, stderr } = await benchHere(['history', ...with3('cut')]);
    expect(code).toBe(0);
    expect(stderr).toContain('samples/syd.csv.gz breaks off');
    expect(stdout).toContain('p50 over 4 runs');
    expect(stdout).toContain('night-4 counts without 1 of 2 cells');
  });

  test('a lost file of samples', async () => {
    const dir = await night4('lost');
    await rm(join(dir, 'samples', 'cdg.csv.gz'));
    const { code, stderr } = await benchHere(['history', ...with3('lost')]);
    expect(code).toBe(0);
    expect(stderr).toContain('samples/cdg.csv.gz is lost: cdg was measured.');
  });

  test.each([
    [['nowhere'], 'No run to show in nowhere; a history needs two.'],
    [['--quantile', 'p99'], 'Did you mean p95?'],
    [['--format', 'jsn'], 'Did you mean json?'],
  ])('%j is refused: exit 2', async (args, said) => {
    const { code, stdout, stderr } = await benchHere(['history', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(said);
  });

  test('one run is no history', async () => {
    const { code, stderr } = await benchHere(['history', join(runs(), 'night-1')]);
    expect(code).toBe(2);
    expect(stderr).toContain('Only one run to show');
  });
});
