import { describe, expect, test } from 'vitest';
import type { Series } from '../samples/series.ts';
import { syntheticManifest } from '../test/support/synthetic-run.ts';
import { exportedRun } from './export/exported-run.ts';
import { renderExport } from './export/render-export.ts';
import { buildModel } from './model.ts';
import { renderRun } from './render.ts';

const manifest = syntheticManifest({
  targets: ['good', 'tail', 'dead'],
  vantages: ['cdg'],
  rounds: 8,
});

/** Eight rounds of fifty requests: `slow` of each were cut after 1100 ms, the others took `ms`. */
const series = (target: string, ms: number, slow: number, more: Partial<Series> = {}): Series => ({
  ...{ target, vantage: 'cdg', scenario: 'search', metric: 'ttfb_warm', step: '' },
  ...{ temperature: 'warm', errors: 8 * slow, excluded: 0, server: {} },
  ...(slow === 0 ? {} : { cut: 8 * slow }),
  rounds: Array.from({ length: 8 }, (_, round) => ({
    round,
    values: Array.from({ length: 50 }, (_, i) => (i < slow ? 1100 : ms + (i + round) / 100)),
    ...(slow === 0 ? {} : { cutFromMs: 1100 }),
  })),
  ...more,
});

const all = [
  series('good', 20, 0),
  series('tail', 20, 6),
  series('dead', 20, 0, { rounds: [] }),
  // A request that is cut closes its connection: a target that answers nothing has cold ones only.
  series('dead', 20, 50, { temperature: 'cold', metric: 'ttfb_cold' }),
];
const model = buildModel({
  ...{ manifest, outcomes: { blocks: [] }, missing: [], series: all, staleReads: [] },
});
const [good, tail, , dead] = model.cells;

test('a quantile that was cut is a lower bound in the summary, and no other is', () => {
  expect(good?.summary.p95?.isLowerBound).toBeUndefined();
  expect(tail?.summary.p50?.isLowerBound).toBeUndefined();
  expect(tail?.summary.p95).toMatchObject({ centre: 1100, isLowerBound: true });
  expect(dead?.summary.p50).toMatchObject({ isLowerBound: true });
});

describe('every format says so', () => {
  test('text', () => {
    const text = renderRun(model, 'text', { color: false, columns: 120 });
    expect(text).toMatch(/^cdg .* 20\.\d ±\S+ +20\.\d ±\S+ +≥ 1100 !$/m);
    expect(text).toContain('≥: requests were cut, it takes at least that long');
    expect(text).not.toContain('Infinity');
  });

  test('summary.csv: an open end is empty', () => {
    const [head = '', ...rows] = renderRun(model, 'csv').trimEnd().split('\n');
    const columns = head.split(',');
    const cell = (row: string | undefined, column: string) =>
      row?.split(',')[columns.indexOf(column)];
    const row = rows.find((line) => line.startsWith('tail,'));
    expect(cell(row, 'p95_ms')).toBe('1100.0000');
    expect(cell(row, 'p95_hi_ms')).toBe('');
    expect([cell(row, 'cut'), cell(row, 'p50_at_least'), cell(row, 'p95_at_least')]).toEqual([
      ...['48', '', '1'],
    ]);
    expect(columns.slice(0, 17).at(-1)).toBe('excluded');
  });

  test('summary.json', () => {
    const { cells } = JSON.parse(renderRun(model, 'json')) as { cells: unknown[] };
    expect(cells[1]).toMatchObject({ cut: 48, p95: { ms: 1100, atLeast: true } });
    expect(JSON.stringify(cells)).not.toContain('null');
  });

  test('Markdown and the page', () => {
    expect(renderRun(model, 'markdown')).toContain('≥ 1100');
    const page = renderRun(model, 'html');
    expect(page).toContain('≥ 1100');
    expect(page).toContain('An arrow marks a lower bound');
    const data = /<script type="application\/json" id="data">([^<]+)</.exec(page)?.[1] ?? '';
    expect(data).toContain('"atLeast":true');
    // A number that JSON lacks would be null.
    expect(data).not.toMatch(/(low|high|ms)":null/);
  });

  test.each(['benchfmt', 'csv', 'json', 'openmetrics'] as const)(
    'an export as %s is whole',
    (format) => {
      const text = renderExport(exportedRun({ manifest, missing: [] }, all), format, {
        samples: false,
      });
      expect(text).not.toMatch(/Infinity|NaN|null/);
      if (format === 'openmetrics') expect(text).toContain('+Inf');
      if (format === 'json') expect(text).toContain('"atLeast":["p95"]');
    },
  );

  test('the distribution is drawn up to the first wait that was cut', () => {
    const [ofGood, ofTail, ofDead] = model.distributions[0]?.[0] ?? [];
    expect(ofGood?.ecdf.ranks.at(-1)).toBe(400);
    expect(Math.max(...(ofTail?.ecdf.values ?? []))).toBeLessThan(1100);
    expect(ofTail?.ecdf.n).toBe(400);
    expect(ofDead?.ecdf.values).toEqual([]);
    expect(ofTail?.shift?.deciles.map(({ level }) => level)).not.toContain(0.9);
  });
});
