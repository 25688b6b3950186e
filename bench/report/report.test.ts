import { parse } from 'csv-parse/sync';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSamples } from '../k6/output.ts';
import type { Outcomes } from '../samples/outcome.ts';
import type { Sample } from '../samples/sample.ts';
import { readRun, writeSyntheticRun } from '../test/support/synthetic-run.ts';
import { buildModel, type ReportModel } from './model.ts';
import { renderRun } from './render.ts';
import type { SummaryJson } from './summary-json.ts';
import { pageIn, renderFiles, writeReports } from './write-reports.ts';

const cities = { cdg: 'Paris', ord: 'Chicago', syd: 'Sydney', scl: 'Santiago' };
let root: string;
let dir: string;
let model: ReportModel;
let page: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'report-'));
  dir = await writeSyntheticRun(join(root, 'run'), { staleReads: true });
  model = buildModel(await readRun(dir), { cities });
  await writeReports(dir, renderFiles(model));
  page = pageIn(dir);
});
afterAll(() => rm(root, { recursive: true }));

const header =
  'target,vantage,scenario,metric,rounds,n,p50_ms,p50_lo_ms,p50_hi_ms,p95_ms,p95_lo_ms,p95_hi_ms,p99_ms,p99_lo_ms,p99_hi_ms,errors,excluded,cut,p50_at_least,p95_at_least,p99_at_least';

test('the page and the summaries lie in the run folder, whole', async () => {
  expect(page).toBe(join(dir, 'index.html'));
  const written = { 'index.html': 'html', 'summary.csv': 'csv', 'summary.json': 'json' } as const;
  for (const [file, format] of Object.entries(written))
    expect(await readFile(join(dir, file), 'utf8')).toBe(renderRun(model, format));
  expect((await readdir(dir)).filter((file) => file.endsWith('.unfinished'))).toEqual([]);
});

describe('summary.csv', () => {
  test('has the documented header, and a row a cell', () => {
    const lines = renderRun(model, 'csv').trimEnd().split('\n');
    expect(lines[0]).toBe(header);
    expect(lines).toHaveLength(1 + 3 * 4 * 3);
  });

  test('can be computed again from the rows and the outcomes alone', async () => {
    const rows = parse<Record<string, string>>(await readFile(join(dir, 'summary.csv')), {
      columns: true,
    });
    const outcomes = JSON.parse(await readFile(join(dir, 'outcomes.json'), 'utf8')) as Outcomes;
    const row = rows.find((r) => r['target'] === 'single-region' && r['vantage'] === 'syd');
    const medians = await logMedians(outcomes, 'syd', 'single-region');
    const mean = medians.reduce((a, b) => a + b, 0) / 8;
    const sd = Math.sqrt(medians.reduce((a, b) => a + (b - mean) ** 2, 0) / 7);
    // t(.975, 7)
    const half = (2.364624251592785 * sd) / Math.sqrt(8);
    expect(row?.['p50_ms']).toBe(Math.exp(mean).toFixed(4));
    expect(row?.['p50_lo_ms']).toBe(Math.exp(mean - half).toFixed(4));
    expect(row?.['p50_hi_ms']).toBe(Math.exp(mean + half).toFixed(4));
    expect(row?.['n']).toBe('400');
  });

  /** The specification's y_r, without any of the project's statistics. */
  async function logMedians(outcomes: Outcomes, vantage: string, target: string) {
    const samples: Sample[] = [];
    await readSamples(join(dir, 'samples', `${vantage}.csv.gz`), vantage, {
      sample: (sample) => void samples.push(sample),
      extra: () => undefined,
    });
    return outcomes.blocks
      .filter((b) => b.vantage === vantage && b.target === target && b.scenario === 'search')
      .map((block) => {
        const values = samples
          .filter((s) => s.target === target && s.scenario === 'search' && s.round === block.round)
          .filter((s) => s.atUs >= block.keep_from_us && s.atUs <= block.end_us)
          .map(({ waitingMs }) => waitingMs)
          .sort((a, b) => a - b);
        const middle = values.length / 2;
        return Math.log(((values[middle - 1] ?? NaN) + (values[middle] ?? NaN)) / 2);
      });
  }
});

test('summary.json holds the same figures under its schema version', () => {
  const json = JSON.parse(renderRun(model, 'json')) as SummaryJson;
  expect(json).toMatchObject({ schema: 1, state: 'complete', budgetMs: 100 });
  expect(json.cells).toHaveLength(36);
  expect(json.cells[0]).toMatchObject({ rounds: 8, n: 400, server: { dbQueries: 3 } });
  expect(json.vantages[3]).toEqual({
    ...{ code: 'scl', region: 'scl', city: 'Santiago', rttMs: 211 },
  });
  expect(json.staleReads.map(({ reads }) => reads)).toEqual(Array.from({ length: 12 }, () => 400));
});

describe('text', () => {
  test('is what a person sees', async () => {
    const text = renderRun(model, 'text', { color: false, columns: 80 });
    await expect(text).toMatchFileSnapshot('../test/golden/report.txt');
  });

  test('has colours that change no character', () => {
    const plain = renderRun(model, 'text', { color: false, columns: 80 });
    const coloured = renderRun(model, 'text', { color: true, columns: 80 });
    expect(coloured).not.toBe(plain);
    const unpadded = (text: string) => stripVTControlCharacters(text).replace(/ +$/gm, '');
    expect(unpadded(coloured)).toBe(unpadded(plain));
  });

  test.each([40, 60, 80, 200])('fits a terminal of %i columns', (columns) => {
    const text = renderRun(model, 'text', { color: false, columns });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});

test('Markdown has a table for every step', async () => {
  await expect(renderRun(model, 'markdown')).toMatchFileSnapshot('../test/golden/report.md.txt');
});

describe('the page', () => {
  test('asks nobody for anything and runs no script but its own', () => {
    const page = renderRun(model, 'html');
    const [, script = ''] = /<script>([^]*?)<\/script>/.exec(page) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`default-src &#39;none&#39;; script-src &#39;sha256-${hash}&#39;`);
    expect(page.match(/\b(?:src|href)="(?!data:)[^"]*"/g)).toBeNull();
    expect(page.length).toBeLessThan(600_000);
  });

  test('shows the figures of the run', () => {
    const page = renderRun(model, 'html');
    for (const { text } of model.findings) expect(page).toContain(text.replaceAll("'", '&#39;'));
    for (const { result } of model.tables[0].rows.flatMap(({ cells }) => cells))
      expect(page).toContain((result.summary.p50?.centre ?? NaN).toPrecision(3));
  });
});

describe('a run that lacks a region', () => {
  let broken: ReportModel;
  beforeAll(async () => {
    const folder = await writeSyntheticRun(join(root, 'broken'), {
      failing: { syd: 'k6 ended with exit code 107' },
      warnings: [{ code: 'vantage-failed', vantage: 'syd', reason: 'k6 ended with exit code 107' }],
    });
    broken = buildModel(await readRun(folder), { cities });
  });

  test.each(['text', 'markdown', 'html'] as const)('says so once in %s', (format) => {
    // What the charts are drawn from is no text that anybody reads.
    const shown = renderRun(broken, format).replace(/<script[^]*?<\/script>/g, '');
    const text = shown.replace(/<[^>]+>|&[^;]+;/g, '');
    expect(text).toContain('syd is missing: k6 ended with exit code 107');
    expect(text.match(/exit code 107/g)).toHaveLength(1);
  });

  test('leaves its figures empty', () => {
    expect(renderRun(broken, 'csv')).toContain(
      'read-replicas,syd,search,ttfb_warm,0,0,,,,,,,,,,0,0,0,,,\n',
    );
  });

  test('judges the others', () => {
    const fastest = broken.findings.find(({ topic }) => topic === 'fastest');
    expect(fastest?.text).toContain('read-replicas is the fastest in ord and scl');
  });
});

test('a reason that ends with a full stop does not end with two', async () => {
  const failing = { syd: 'There is no room.' };
  const folder = await writeSyntheticRun(join(root, 'stop'), { rounds: 1, failing });
  const short = buildModel(await readRun(folder));
  expect(short.places.map(({ gap }) => gap)).toContain('There is no room');
  expect(renderRun(short, 'text')).toMatch(/syd is missing: There is no room\.\s/);
});

test('a run of one round has medians without intervals', async () => {
  const folder = await writeSyntheticRun(join(root, 'short'), { rounds: 1 });
  const short = buildModel(await readRun(folder));
  expect(renderRun(short, 'text')).toMatch(/cdg +\d\.\d\d ±\?/);
  const page = renderRun(short, 'html').replace(/\s+/g, ' ');
  expect(page.match(/<small>no interval<\/small>/g)).toHaveLength(12);
  expect(page.match(/A single round has no intervals\./g)).toHaveLength(2);
  expect(page).toContain('4 regions × 3 targets × 1 round · ');
  expect(page).not.toContain('1 rounds');
  expect(renderRun(short, 'csv')).toMatch(
    /single-region,cdg,search,ttfb_warm,1,50,[\d.]+,,,,,,,,,0,0/,
  );
});
