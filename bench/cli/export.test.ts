import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchHere } from '../test/support/bench-here.ts';
import { writeSyntheticRun } from '../test/support/synthetic-run.ts';

let root = '';
let run = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'bench-export-'));
  run = await writeSyntheticRun(join(root, 'run'));
});
afterAll(() => rm(root, { recursive: true }));

test('every round of every cell is a line', async () => {
  const { code, stdout, stderr } = await benchHere(['export', run]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  // 3 targets, 4 vantages, 8 rounds, and the header.
  expect(stdout.trimEnd().split('\n')).toHaveLength(1 + 96);
});

test.each([
  ['benchfmt', /^# run: /],
  ['json', /^\{"schema":1,/],
  ['openmetrics', /# EOF\n$/],
])('%s goes to standard output alone', async (format, pattern) => {
  const { code, stdout, stderr } = await benchHere(['export', run, '--format', format]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(pattern);
});

describe('what is wrong is said', () => {
  test.each([
    [['--format', 'openmetric'], 'Did you mean openmetrics?'],
    [['--samples'], 'Add --format json.'],
  ])('%s', async (flags, fix) => {
    const { code, stdout, stderr } = await benchHere(['export', run, ...flags]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(fix);
  });

  test('a run without a valid round: exit 3', async () => {
    const dir = await writeSyntheticRun(join(root, 'empty'), { rounds: 1 });
    await writeFile(join(dir, 'outcomes.json'), '{"blocks": []}');
    const { code, stdout, stderr } = await benchHere(['export', dir]);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain('holds no valid round');
  });

  test('a file that breaks off: a warning beside the figures', async () => {
    const dir = await writeSyntheticRun(join(root, 'cut'));
    await truncate(join(dir, 'samples', 'syd.csv.gz'), 60_000);
    const { code, stdout, stderr } = await benchHere(['export', dir]);
    expect(code).toBe(0);
    expect(stderr).toContain('samples/syd.csv.gz breaks off; everything up to the break is used.');
    expect(stdout).toContain(',syd,search,ttfb_warm,0,');
  });
});
