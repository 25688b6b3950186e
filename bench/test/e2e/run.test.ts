import { readFile, readdir } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../samples/manifest.ts';
import { isUntrustworthy } from '../../base/distrust.ts';
import { parseLag } from '../../samples/lag.ts';
import type { Outcomes } from '../../samples/outcome.ts';
import { quantile, sorted } from '../../stats/quantile.ts';
import { pairKey } from '../../world/regions.ts';
import { bench, type Ended } from '../support/bench.ts';
import { lowerDeciles } from '../support/lower-deciles.ts';

type Row = Record<string, string>;

describe('a short run of three topologies from four cities', () => {
  let folder: string;
  let out: string;
  let ended: Ended;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-e2e-'));
    out = join(folder, 'run');
    ended = await runOnce(out);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const json = async <T>(file: string): Promise<T> =>
    JSON.parse(await readFile(join(out, file), 'utf8')) as T;
  const rows = async (): Promise<Row[]> =>
    parse(await readFile(join(out, 'summary.csv')), { columns: true });
  const p50 = async (target: string, vantage: string): Promise<number> => {
    const row = (await rows()).find(
      (r) => r['target'] === target && r['vantage'] === vantage && r['metric'] === 'ttfb_warm',
    );
    return Number(row?.['p50_ms']);
  };

  test('ends with 0, or with 3 if the machine was too restless to be trusted, and says why', async () => {
    expect(ended.stderr).not.toMatch(/error/i);
    const { warnings } = await json<Manifest>('manifest.json');
    expect(ended.code).toBe(warnings.some(isUntrustworthy) ? 3 : 0);
  });

  test('leaves a complete run folder', async () => {
    expect((await readdir(out)).sort()).toEqual([
      'index.html',
      'lag.csv',
      'links.csv',
      'manifest.json',
      'outcomes.json',
      'samples',
      'scenarios.js',
      'summary.csv',
      'summary.json',
    ]);
    expect((await readdir(join(out, 'samples'))).sort()).toEqual(
      ['cdg.csv.gz', 'ord.csv.gz', 'scl.csv.gz', 'syd.csv.gz'].sort(),
    );
  });

  test('says how it came about', async () => {
    const manifest = await json<Manifest>('manifest.json');
    expect(manifest).toMatchObject({ schema: 1, state: 'complete', provider: 'local' });
    expect(manifest.versions.k6).toMatch(/^v?2\./);
    expect(manifest.calibrations.map(({ when }) => when)).toEqual(['before', 'after']);
    for (const { links } of manifest.calibrations) expect(links).toHaveLength(6);
  });

  test('has a valid round of every cell, and a reason for every block that does not count', async () => {
    const { blocks } = await json<Outcomes>('outcomes.json');
    expect(blocks).toHaveLength(4 * 3 * 3);
    const cells = new Set(blocks.map(({ vantage, target }) => `${vantage} ${target}`));
    const valid = blocks.filter((block) => block.valid);
    expect(new Set(valid.map(({ vantage, target }) => `${vantage} ${target}`))).toEqual(cells);
    for (const { valid, reason } of blocks) expect(valid).toBe(reason === undefined);
  });

  test('replicas answer from nearby everywhere', async () => {
    const low = await lowerDeciles(out);
    for (const vantage of ['cdg', 'ord', 'syd', 'scl'])
      expect(low('read-replicas', vantage)).toBeLessThan(100);
  });

  test('a replica is behind by its one-way distance at least, and not by much more', async () => {
    const { rtt } = await json<Manifest>('manifest.json');
    const readings = parseLag(await readFile(join(out, 'lag.csv'), 'utf8'));
    for (const region of ['ord', 'syd', 'scl']) {
      const oneWay = (rtt[pairKey('cdg', region)]?.ms ?? NaN) / 2;
      const lags = readings.flatMap((r) => (r.region === region ? (r.lagMs ?? []) : []));
      expect(lags.length).toBeGreaterThan(5);
      expect(Math.min(...lags)).toBeGreaterThan(oneWay - 2);
      // A busy machine only adds.
      expect(quantile(sorted(lags), 0.1)).toBeLessThan(oneWay + 60);
    }
  });

  test('a single region costs its distance', async () => {
    const low = await lowerDeciles(out);
    for (const [vantage, rtt] of [
      ['ord', 108.5],
      ['syd', 279.5],
      ['scl', 203.9],
    ] as const) {
      expect(await p50('single-region', vantage)).toBeGreaterThan(rtt - 1);
      expect(low('single-region', vantage)).toBeLessThan(rtt + 100);
    }
  });

  test('one database for an app everywhere costs the distance once a query', async () => {
    for (const [vantage, rtt] of [
      ['ord', 108.5],
      ['syd', 279.5],
      ['scl', 203.9],
    ] as const)
      expect(await p50('multi-region-single-db', vantage)).toBeGreaterThan(3 * rtt - 3);
  });

  test('the page holds the numbers of the run and asks nobody else for anything', async () => {
    const page = await readFile(join(out, 'index.html'), 'utf8');
    expect(page).toContain('read-replicas');
    expect(page).not.toMatch(/(src|href)="https?:/);
  });

  test('the terminal shows a table with every city', () => {
    for (const city of ['cdg', 'ord', 'syd', 'scl']) expect(ended.stdout).toContain(city);
  });

  test('it can be rendered again, in every format', async () => {
    for (const format of ['html', 'text', 'markdown', 'csv', 'json']) {
      const { code, stdout } = await bench(['report', out, '--format', format]);
      expect(code).toBe(0);
      expect(stdout).toContain('read-replicas');
    }
  });

  test('a second run never writes over the first', async () => {
    const { code, stderr } = await runOnce(out);
    expect(code).toBe(2);
    expect(stderr).toContain('is not empty');
  });
});

const runOnce = (out: string): Promise<Ended> =>
  bench(['run', '--rounds', '3', '--duration', '45s', '--seed', '7', '--out', out]);
