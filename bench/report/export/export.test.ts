import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Series } from '../../samples/series.ts';
import { syntheticManifest } from '../../test/support/synthetic-run.ts';
import { exportedRun } from './exported-run.ts';
import { renderExport, type ExportFormat } from './render-export.ts';

/** 1, 2 … 100 ms, whose type-7 median is 50.5 ms and whose p95 is 95.05 ms. */
const hundred = Array.from({ length: 100 }, (_, i) => i + 1);

const plain: Series = {
  ...{ target: 'read-replicas', vantage: 'syd', scenario: 'search', metric: 'ttfb_warm' },
  ...{ step: '', temperature: 'warm', errors: 2, excluded: 1, server: {} },
  rounds: [
    { round: 0, values: hundred },
    { round: 3, values: hundred.map((ms) => 2 * ms) },
  ],
};
const odd: Series = {
  ...plain,
  target: 'my "own"/app 50%\\é',
  step: 'a b',
  metric: 'ttfb_warm/a b',
};
const few: Series = { ...plain, target: 'few', rounds: [{ round: 0, values: [5, 6, 7] }] };
const many: Series = {
  ...plain,
  target: 'many',
  rounds: [{ round: 0, values: [...hundred, ...hundred, ...hundred, ...hundred] }],
};
const empty: Series = { ...plain, target: 'empty', rounds: [] };

const render = (format: ExportFormat, series: readonly Series[], samples = false): string =>
  renderExport(exportedRun({ manifest: syntheticManifest(), missing: [] }, series), format, {
    samples,
  });

describe('benchfmt', () => {
  const benchmarks = (series: readonly Series[]) =>
    render('benchfmt', series)
      .split('\n')
      .filter((line) => line.startsWith('Benchmark'));

  test('has a line a round, cell and quantile, in seconds', () => {
    const name = 'BenchmarkTtfb/target=read-replicas/vantage=syd/scenario=search/metric=ttfb_warm';
    expect(benchmarks([plain])).toEqual([
      `${name}/q=p50-1 100 0.05050000 sec/op`,
      `${name}/q=p95-1 100 0.09505000 sec/op`,
      `${name}/q=p50-1 100 0.10100000 sec/op`,
      `${name}/q=p95-1 100 0.19010000 sec/op`,
    ]);
  });

  test('keeps names in one word, and their parts apart', () => {
    const [first = ''] = benchmarks([odd]);
    expect(first).toBe(
      'BenchmarkTtfb/target=my%20"own"%2Fapp%2050%25\\é/vantage=syd/scenario=search/metric=ttfb_warm/step=a%20b/q=p50-1 100 0.05050000 sec/op',
    );
  });

  test('names the run in comments: in configuration lines, benchstat would compare no two runs', () => {
    const lines = render('benchfmt', [plain]).split('\n\n')[0]?.split('\n') ?? [];
    const configuration = lines.filter((line) => !line.startsWith('#'));
    expect(configuration).toContain('k6: 2.2.0');
    expect(configuration).toContain('scenarios: search QUERIES=3');
    for (const line of configuration) expect(line).toMatch(/^[a-z][^A-Z\s]*: \S.*$/);
    expect(configuration.join()).not.toContain(syntheticManifest().runId);
    expect(lines).toContain(`# run: ${syntheticManifest().runId}`);
  });
});

describe('quantiles of a round', () => {
  const figures = (series: Series) =>
    exportedRun({ manifest: syntheticManifest(), missing: [] }, [series]).series[0]?.figures;

  test('have no p95 where the whole series is too short for one', () => {
    expect(figures(few)).toEqual([{ round: 0, n: 3, p50: 6 }]);
  });

  test('have a p99 only where the round is long enough', () => {
    expect(figures(plain)?.[0]?.p99).toBeUndefined();
    expect(figures(many)?.[0]?.p99).toBeCloseTo(99.01, 9);
  });
});

test('CSV has a line a round, with the round as outcomes.json counts it', () => {
  const rows = parse<Record<string, string>>(render('csv', [plain, empty, odd, few]), {
    columns: true,
  });
  expect(rows).toHaveLength(5);
  expect(rows[1]).toMatchObject({
    round: '3',
    n: '100',
    p50_ms: '101.0000',
    p95_ms: '190.1000',
    p99_ms: '',
  });
  expect(rows[2]).toMatchObject({ target: 'my "own"/app 50%\\é', metric: 'ttfb_warm/a b' });
  expect(rows[4]).toMatchObject({ n: '3', p95_ms: '' });
});

describe('JSON', () => {
  interface Exported {
    readonly schema: number;
    readonly series: readonly { readonly rounds: readonly { readonly samplesMs?: number[] }[] }[];
  }
  const read = (samples: boolean) => JSON.parse(render('json', [plain, odd], samples)) as Exported;

  test('holds the figures by round', () => {
    const { schema, series } = read(false);
    expect(schema).toBe(1);
    expect(series[0]).toMatchObject({ target: 'read-replicas', errors: 2, excluded: 1 });
    expect(series[0]?.rounds[1]).toEqual({ round: 3, n: 100, p50Ms: 101, p95Ms: 190.1 });
  });

  test('holds every sample if asked', () => {
    expect(read(true).series[1]?.rounds[0]?.samplesMs).toEqual(hundred);
  });
});

describe('OpenMetrics', () => {
  const lines = render('openmetrics', [plain, odd]).trimEnd().split('\n');

  test('ends as an exposition must', () => {
    expect(lines.at(-1)).toBe('# EOF');
    expect(lines.filter((line) => line === '# EOF')).toHaveLength(1);
  });

  test('has every family in one piece, described before its samples', () => {
    const families = lines
      .filter((line) => line.startsWith('# TYPE'))
      .map((line) => line.split(' ')[2]);
    expect(new Set(families).size).toBe(families.length);
    expect(lines[lines.indexOf('# TYPE bench_ttfb_seconds summary') + 1]).toBe(
      '# UNIT bench_ttfb_seconds seconds',
    );
  });

  test('gives the same figures as the summary, with the end of the run', () => {
    const end = Date.parse(syntheticManifest().endedAtIso) / 1000;
    // exp of the mean of ln 50.5 and ln 101.
    expect(lines).toContain(
      `bench_ttfb_seconds{target="read-replicas",vantage="syd",scenario="search",temperature="warm",quantile="0.5"} ${(0.0505 * Math.SQRT2).toFixed(8)} ${end.toFixed(3)}`,
    );
  });

  test('escapes what a label may not hold', () => {
    expect(lines.join('\n')).toContain('target="my \\"own\\"/app 50%\\\\é",vantage="syd"');
  });
});
