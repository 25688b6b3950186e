import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRun, writeSyntheticRun, type SyntheticRun } from '../../test/support/synthetic-run.ts';
import { causesSection } from '../html/causes.ts';
import { consistencySection } from '../html/consistency.ts';
import { buildModel, type ReportModel } from '../model.ts';
import { causesData } from '../page-data/causes.ts';
import { lagData } from '../page-data/lag.ts';
import { renderExplanation, type ExplanationFormat } from './render.ts';

const vantages = ['cdg', 'ord', 'syd', 'scl'];
const primary = 'cdg';
const placements = [
  { name: 'single-region', primary, machines: ['cdg'], databases: ['cdg'] },
  { name: 'multi-region-single-db', primary, machines: vantages, databases: ['cdg'] },
  { name: 'read-replicas', primary, machines: vantages, databases: vantages },
];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'explanation-'));
});
afterAll(() => rm(root, { recursive: true }));

async function modelOf(name: string, run: SyntheticRun, lagMs?: number): Promise<ReportModel> {
  const read = await readRun(await writeSyntheticRun(join(root, name), run));
  const lag =
    lagMs === undefined
      ? undefined
      : Array.from({ length: 40 }, (_, i) => ({
          ...{ target: 'read-replicas', region: 'syd', atUs: i, lagMs: lagMs + i / 10 },
        }));
  return buildModel({ ...read, lag }, { placements });
}

const render = (model: ReportModel, format: ExplanationFormat, columns = 100) =>
  renderExplanation(model, format, { color: false, columns });

describe('where the time of a synthetic run goes', () => {
  let model: ReportModel;
  beforeAll(async () => {
    model = await modelOf('run', { staleReads: true }, 143);
  });

  test('text has a line a cell, and what another placement would give', () => {
    const text = render(model, 'text');
    // 286 ms to Paris, 3 queries.
    expect(text).toMatch(/^syd single-region +291 ±\S+ +286 +2\.00 +0 +1\.50 /m);
    expect(text).toMatch(/^syd multi-region-single-db +\S+ ±\S+ +0 +2\.00 +858 +2\.00 /m);
    expect(text).toContain('What a placement would give, ms: predicted / measured');
    expect(text).toMatch(/^syd +291 \/ 291 +863 \/ 862 +5\.24 \/ 5\.00$/m);
    expect(text).toMatch(/Of 8 predictions that the run also measured, the farthest off is/);
  });

  test.each([40, 80, 200])('text fits a terminal of %i columns', (columns) => {
    const lines = render(model, 'text', columns).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test('Markdown and JSON have the same cells', () => {
    const rows = render(model, 'markdown')
      .split('\n')
      .filter((line) => /^\| (cdg|ord|syd|scl) \| [a-z]/.test(line));
    const json = JSON.parse(render(model, 'json')) as {
      cells: {
        parts: { ms: number }[];
        unexplained: { ms: number };
        excessMs: number;
        p50: { ms: number };
      }[];
      predictions: unknown[];
    };
    expect([rows.length, json.cells.length]).toEqual([36, 36]);
    for (const { parts, unexplained, excessMs, p50 } of json.cells) {
      const sum = parts.reduce((total, { ms }) => total + ms, unexplained.ms - excessMs);
      expect(sum).toBeCloseTo(p50.ms, 6);
    }
  });

  test('the page has bars for every table, in four significant digits', () => {
    const [first, ...others] = causesData(model);
    expect(others).toHaveLength(2);
    expect(first?.places).toEqual(vantages);
    expect(first?.rows).toHaveLength(12);
    expect(first?.causes.map(({ cause }) => cause)).toEqual(['network', 'app', 'travel', 'query']);
    expect(first?.rows[6]).toMatchObject({ place: 2, target: 0, ms: [286, 2, 0, 1.5] });
  });

  test('the page has stale reads with their interval and their price, and the lag', () => {
    const { source } = consistencySection(model);
    expect(source).toMatch(
      /<td>400<\/td>\s+<td>0<\/td>\s+<td>0\.00 %<\/td>\s+<td>\s*0\.00 % to 0\.92 %/,
    );
    expect(lagData(model)).toMatchObject([{ name: 'syd', median: 144.9, oneWay: 143 }]);
    expect(source).toContain('id="lag-chart"');
  });
});

test('what was not measured is said', async () => {
  const { source } = consistencySection(await modelOf('none', { rounds: 1 }));
  expect(source.match(/Not measured in this run/g)).toHaveLength(2);
  expect(source).toContain('None was seen in this run');
});

test('one round has bars without invented intervals', async () => {
  const model = await modelOf('one-round', { rounds: 1 });
  const [table] = causesData(model);
  expect(table?.rows).toHaveLength(12);
  expect(table?.rows.every((row) => row.low === undefined)).toBe(true);
});

test('names from outside are text', async () => {
  const hostile = ['<script>alert(1)</script>', '"b\'', '\u202eעברית'];
  const model = await modelOf('hostile', { targets: hostile, failing: { syd: 'k6 was killed' } });
  const sections = [causesSection(model), consistencySection(model)].map((s) => s?.source ?? '');
  expect(sections.join('')).not.toMatch(/<script|\u202e/);
  expect(causesData(model)[0]?.places).toContain('syd (missing)');
  expect(render(model, 'markdown')).not.toContain('<script>');
  expect(render(model, 'text')).not.toContain('\u202e');
});
