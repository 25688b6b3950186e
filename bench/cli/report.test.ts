import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchHere } from '../test/support/bench-here.ts';
import { chromiumPath } from '../test/support/chromium.ts';
import { writeNights } from '../test/support/nights.ts';

let root: string;
let nights: string[];
let newest: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'report-command-'));
  nights = await writeNights(root, 6);
  newest = nights.at(-1) ?? '';
});
afterAll(() => rm(root, { recursive: true }));

const index = () => readFile(join(root, 'index.html'), 'utf8');

describe('--format', () => {
  test.each([
    ['md', '## 2026-11-06'],
    ['markdown', '## 2026-11-06'],
    ['text', 'Median time to first byte'],
    ['csv', 'target,vantage,scenario'],
    ['json', '{\n  "schema": 1'],
    ['html', '<!doctype html>'],
  ])('%s goes to standard output', async (format, beginning) => {
    const { code, stdout, stderr } = await benchHere(['report', newest, '--format', format]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.startsWith(beginning)).toBe(true);
  });

  test('goes into a file with --out', async () => {
    const file = join(root, 'out.csv');
    const { stdout } = await benchHere(['report', newest, '--format', 'csv', '--out', file]);
    expect(stdout).toBe('');
    expect(await readFile(file, 'utf8')).toMatch(/^target,/);
  });

  test.each([
    ['page.html', '<!doctype html>'],
    ['table.md', '## 2026-11-06'],
    ['it.json', '{\n  "schema": 1'],
    ['#1 100%.txt', 'Median time to first byte'],
  ])('is what the name %s says', async (name, beginning) => {
    const file = join(root, name);
    const { code, stdout } = await benchHere(['report', newest, '--out', file]);
    expect([code, stdout]).toEqual([0, '']);
    expect((await readFile(file, 'utf8')).startsWith(beginning)).toBe(true);
  });

  test('that contradicts the name of the file is refused before any work', async () => {
    const file = join(root, 'no.html');
    const args = ['report', newest, '--format', 'csv', '--out', file];
    const { code, stderr } = await benchHere(args);
    expect(code).toBe(2);
    expect(stderr).toContain('is the name of a file in html, and --format says csv');
    expect(existsSync(file)).toBe(false);
  });

  test('that nobody knows is refused with a suggestion', async () => {
    const { code, stderr } = await benchHere(['report', newest, '--format', 'pgn']);
    expect(code).toBe(2);
    expect(stderr).toContain('no format is called "pgn"');
    expect(stderr).toContain('png');
  });

  test.skipIf(chromiumPath === undefined)('png is a picture of the whole page', async () => {
    const env = { BENCH_BROWSER: chromiumPath ?? '' };
    const { code, stdout, stderr } = await benchHere(['report', newest, '--format', 'png'], env);
    expect([code, stderr]).toEqual([0, '']);
    const picture = await readFile(stdout.trim());
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    expect(width).toBeGreaterThan(1280);
    expect(height).toBeGreaterThan(3 * width);
  });

  test('png without a browser says what to do, before any work', async () => {
    const env = { BENCH_BROWSER: '', PATH: root };
    const { code, stderr } = await benchHere(['report', root, '--format', 'png'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('none is installed here');
    expect(stderr).toContain('BENCH_BROWSER=');
  });

  test('png with a program that is no browser fails, and says so', async () => {
    const env = { BENCH_BROWSER: process.platform === 'win32' ? process.execPath : '/bin/false' };
    const { code, stderr } = await benchHere(['report', newest, '--format', 'png'], env);
    expect(code).toBe(1);
    expect(stderr).toContain('The browser ended before the picture was there');
  });
});

describe('the list of runs', () => {
  test('has the verdict of every run that has a report, the newest first', async () => {
    for (const dir of nights.slice(-2)) await benchHere(['report', dir]);
    const page = await index();
    const links = [...page.matchAll(/href="(2026[^"]+)"/g)].map(([, href]) => href);
    expect(links).toEqual(
      ['0006', '0005'].map((i) => `2026-11-${i.slice(2)}T02-17-00-quick-${i}/index.html`),
    );
    for (const link of links) expect(existsSync(join(root, link ?? ''))).toBe(true);
    expect(page).toMatch(/read-replicas answers in \d\.\d\d ms in \w+; single-region takes/);
    expect(page).toContain('It has no report yet');
    expect(page).not.toContain('<script');
  });

  test('survives a summary that is damaged', async () => {
    await writeFile(join(nights[0] ?? '', 'summary.json'), '{"schema": 1');
    const { code, stderr } = await benchHere(['report', newest]);
    expect([code, stderr]).toEqual([0, '']);
    expect(await index()).toContain('can’t be read');
  });

  test('is not made where the folder is not ours', async () => {
    const lone = await mkdtemp(join(tmpdir(), 'report-lone-'));
    await writeNights(lone, 1);
    await rm(join(lone, 'latest'));
    await benchHere(['report', join(lone, '2026-11-01T02-17-00-quick-0001')]);
    expect(existsSync(join(lone, 'index.html'))).toBe(false);
    await rm(lone, { recursive: true });
  });
});

describe('beside the run', () => {
  const pageOf = async (...args: string[]) => {
    const { code, stdout, stderr } = await benchHere([
      'report',
      newest,
      '--format',
      'html',
      ...args,
    ]);
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };

  test('the runs before it are its history, unless others are named', async () => {
    expect(await pageOf()).toContain('The trend over 6 runs');
    expect(await pageOf('--history', nights[1] ?? '')).toContain('The trend over 2 runs');
  });

  test('an earlier run is its baseline', async () => {
    expect(await pageOf()).not.toContain('id="baseline"');
    expect(await pageOf('--baseline', nights[1] ?? '')).toContain('Against an earlier run');
  });

  test('a baseline that is none is refused', async () => {
    const { code } = await benchHere(['report', newest, '--baseline', join(root, 'nothing')]);
    expect(code).toBe(2);
  });

  test('the goal may be another one', async () => {
    expect(await pageOf('--budget', '400ms')).toContain('the goal of 400 ms');
    const { code } = await benchHere(['report', newest, '--budget', 'soon']);
    expect(code).toBe(2);
  });
});
