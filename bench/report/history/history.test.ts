import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import { syntheticManifest } from '../../test/support/synthetic-run.ts';
import { historyOf } from './history.ts';
import type { PastRun } from './past-run.ts';
import { renderHistory, type HistoryFormat } from './render-history.ts';
import { sparkLine } from './spark-line.ts';
import { trendOf } from './trend.ts';

const random = seededRandom(4);
/** Some nights around 100 ms, 2 % apart. */
const nights = (count: number, ms = 100): number[] =>
  Array.from({ length: count }, () => ms * (1 + 0.02 * (random.float() - 0.5)));

/** A run of one cell with this median. */
function run(
  day: number,
  ms: number | undefined,
  change: (run: PastRun) => PastRun = (r) => r,
): PastRun {
  const startedAtIso = new Date(Date.UTC(2026, 10, day, 2, 17)).toISOString();
  const manifest = {
    ...syntheticManifest({ targets: ['mine'], vantages: ['cdg'] }),
    ...{ runId: `night-${day}`, startedAtIso },
  };
  const cell = { target: 'mine', vantage: 'cdg', scenario: 'search', metric: 'ttfb_warm' };
  const p50 =
    ms === undefined ? {} : { p50: { centre: ms, interval: { low: ms - 1, high: ms + 1 } } };
  return change({
    dir: `/runs/${day}`,
    manifest,
    cells: [{ ...cell, summary: { rounds: ms === undefined ? 3 : 10, n: 1000, ...p50 } }],
  });
}

const runs = (values: readonly (number | undefined)[]): PastRun[] =>
  values.map((ms, i) => run(i + 1, ms));
const options = { quantile: 'p50', mixed: false } as const;
const render = (all: readonly PastRun[], format: HistoryFormat): string =>
  renderHistory(historyOf(all, options), format, { color: false, columns: 100 });

describe('a trend', () => {
  test('has a band from the runs before, and places the newest beside it', () => {
    const before = nights(10);
    expect(trendOf([...before, 100], 'p50')).toMatchObject({
      newest: 'within',
      band: { runs: 10 },
    });
    expect(trendOf([...before, 120], 'p50').newest).toBe('above');
    expect(trendOf([...before, 80], 'p50').newest).toBe('below');
  });

  test('is unknown with too few runs before, or where the newest run lacks the cell', () => {
    expect(trendOf(nights(4), 'p50')).toEqual({ newest: 'unknown', changes: [] });
    expect(trendOf([...nights(10), undefined], 'p50').newest).toBe('unknown');
  });

  test('finds a shift, and takes the band from the runs since', () => {
    const { changes, band } = trendOf([...nights(10), ...nights(8, 115)], 'p50');
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ run: 10 });
    expect(changes[0]?.beforeMs).toBeCloseTo(100, -1);
    expect(band).toMatchObject({ runs: 7 });
    expect(band?.low).toBeGreaterThan(105);
  });

  test('counts a shift by run where some runs lack the cell', () => {
    const row = [undefined, undefined, ...nights(10), ...nights(8, 115)];
    expect(trendOf(row, 'p50').changes.map((change) => change.run)).toEqual([12]);
  });

  test('calls nothing a shift that the instrument may have made', () => {
    expect(trendOf([...nights(10, 3), ...nights(10, 3.25)], 'p50').changes).toEqual([]);
    expect(trendOf([...nights(10, 3), ...nights(10, 3.5)], 'p50').changes).toHaveLength(1);
  });

  test.each([
    ['all equal', [5, 5, 5, 5, 5, 5, 5]],
    ['not finite', [5, NaN, 6, 0, -1, 7, Infinity, 5]],
    ['nothing', []],
    ['one', [5]],
  ])('survives values that are %s', (_, values) => {
    expect(trendOf(values, 'p50')).toMatchObject({ newest: 'unknown', changes: [] });
  });
});

describe('runs', () => {
  test('are lined up in time, whatever order they come in', () => {
    const { runs: lined } = historyOf([run(3, 9), run(1, 7), run(2, 8)], options);
    expect(lined.map(({ manifest }) => manifest.runId)).toEqual(['night-1', 'night-2', 'night-3']);
  });

  const olderK6 = (r: PastRun): PastRun => ({
    ...r,
    manifest: { ...r.manifest, versions: { ...r.manifest.versions, k6: '2.1.0' } },
  });

  test('measured differently from the newest are left out, with the difference', () => {
    const { runs: lined, notes } = historyOf([run(1, 7, olderK6), run(2, 7), run(3, 7)], options);
    expect(lined).toHaveLength(2);
    expect(notes).toEqual([
      'night-1 is left out, as it was measured differently from the newest run (k6: 2.1.0 and 2.2.0).',
    ]);
  });

  test('measured differently are taken if allowed, and said', () => {
    const { runs: lined, notes } = historyOf([run(1, 7, olderK6), run(2, 7)], {
      ...options,
      mixed: true,
    });
    expect(lined).toHaveLength(2);
    expect(notes[0]).toContain(
      'night-1 was measured differently from the newest run (k6: 2.1.0 and 2.2.0)',
    );
  });

  test('that are there twice count once', () => {
    const { runs: lined, notes } = historyOf([run(1, 7), run(2, 7), run(2, 7)], options);
    expect(lined).toHaveLength(2);
    expect(notes).toEqual(['Copies of a run count once: 1 left out.']);
  });

  test('with too few rounds in a cell count without it, and that is said', () => {
    const { cells, notes } = historyOf(runs([7, undefined, 7]), options);
    expect(cells[0]?.points.map((point) => point?.centre)).toEqual([7, undefined, 7]);
    expect(notes[0]).toContain('night-2 counts without all cells: fewer than 6 valid rounds');
  });
});

describe('formats', () => {
  const shifted = runs([...nights(10), ...nights(7, 130), 150]);

  test('text says what lies outside and what changed', () => {
    const text = render(shifted, 'text');
    expect(text).toContain('p50 over 18 runs, 2026-11-01 to 2026-11-18');
    expect(text).toMatch(/^mine at cdg +\S{18} /m);
    expect(text).toMatch(/▲$/m);
    expect(text.replaceAll('\n', ' ')).toMatch(
      /mine at cdg is above what the 7 runs before let expect: 150 ms, not 1\d\d–1\d\d ms\./,
    );
    expect(text.replaceAll('\n', ' ')).toMatch(
      /changed from \S+ to 13\d ms \(\+3\d %\) with night-11 /,
    );
  });

  test('text says how many runs a band still needs', () => {
    expect(render(runs(nights(2)), 'text')).toContain(
      'A band needs 4 runs before the newest: 3 more to come.',
    );
  });

  test('JSON has a point a run, null where there is none', () => {
    const json = JSON.parse(render(runs([7, undefined, 8]), 'json')) as {
      schema: number;
      runs: { runId: string }[];
      cells: { points: unknown[]; newest: string }[];
    };
    expect(json.schema).toBe(1);
    expect(json.runs.map(({ runId }) => runId)).toEqual(['night-1', 'night-2', 'night-3']);
    expect(json.cells[0]).toMatchObject({ target: 'mine', vantage: 'cdg', newest: 'unknown' });
    expect(json.cells[0]?.points).toEqual([
      { ms: 7, lowMs: 6, highMs: 8, rounds: 10, n: 1000 },
      null,
      { ms: 8, lowMs: 7, highMs: 9, rounds: 10, n: 1000 },
    ]);
  });

  test('CSV has a line a run and cell, and marks where a shift begins', () => {
    const rows = parse<Record<string, string>>(render(shifted, 'csv'), { columns: true });
    expect(rows).toHaveLength(18);
    expect(rows.filter(({ changed }) => changed === '1').map((row) => row['run'])).toEqual([
      'night-11',
    ]);
    expect(rows[17]).toMatchObject({ ms: '150.0000', lo_ms: '149.0000', hi_ms: '151.0000' });
  });

  test('Markdown keeps names text', () => {
    const odd = runs(nights(3)).map((one) => ({
      ...one,
      manifest: {
        ...one.manifest,
        plan: { ...one.manifest.plan, targets: [{ kind: 'topology' as const, name: '<b>|*' }] },
      },
    }));
    expect(render(odd, 'markdown')).toContain('| \\<b\\>\\|\\* at cdg |');
  });
});

describe('the line of bars', () => {
  test('spans the values', () => {
    expect(sparkLine([10, 20, 15])).toBe('▁█▅');
  });

  test('stays low for noise, and blank where there is nothing', () => {
    expect(sparkLine([100, 101, undefined, 99])).toBe('▁▁ ▁');
  });
});
