import { parse } from 'csv-parse/sync';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { compareSides } from '../../compare/compare-sides.ts';
import type { Pairing } from '../../compare/comparison.ts';
import type { Side } from '../../compare/side.ts';
import type { Compared } from './compared.ts';
import { renderComparison } from './render.ts';
import { comparisonShape } from './shape.ts';

/** Medians by vantage; the rounds wobble by 1 %, each side in its own way. */
function side(target: string, medians: Record<string, number>, runId = 'run-1'): Side {
  const wobble = target.length + runId.length;
  const cells = Object.entries(medians).map(([vantage, ms]) => ({
    ...{ vantage, scenario: 'search', metric: 'ttfb_warm', n: 500 },
    rounds: Array.from({ length: 8 }, (_, round) => {
      const p50 = ms * (1 + 0.01 * Math.sin(wobble * (round + 1)));
      return { round, p50, p95: 3 * p50 };
    }),
  }));
  return { runId, target, startedAtIso: '2026-11-21T12:00:00.000Z', cells };
}

function compared(baseline: Side, candidate: Side, pairing: Pairing = 'same-rounds'): Compared {
  return { comparisons: [compareSides(baseline, candidate, pairing)], doubts: [], notes: [] };
}

const near = side('near', { cdg: 5, ord: 6, syd: 100 });
const far = side('far-away', { cdg: 5, ord: 120, syd: 80 });
const both = compared(near, far);

describe('text', () => {
  test('says who against whom, and what came out', () => {
    const text = renderComparison(both, 'text');
    expect(text).toContain('far-away against near (baseline), 8 rounds of run-1');
    expect(text).toMatch(/^ord p50 .* 121 .*\+115 \(\+114 to \+115\).* slower ▲$/m);
    expect(text).toMatch(/^syd p95 .* faster ▼$/m);
    expect(text).toMatch(/^cdg p50 .* no difference =$/m);
    expect(text.replaceAll('\n', ' ')).toMatch(
      /far-away is slower than near in ord, and in the mean \(\+115 ms, \+1910 %\); faster in syd \(−19\.6 ms, −19\.6 %\); no difference in cdg\. The p95 says the same\./,
    );
  });

  test('is coloured only on request, and reads the same', () => {
    const coloured = renderComparison(both, 'text', { color: true, columns: 100 });
    expect(coloured).toContain('\u001b[31m');
    expect(stripVTControlCharacters(coloured)).toBe(renderComparison(both, 'text'));
  });

  test.each([100, 80, 60])('keeps label, difference and verdict in one line of %d', (columns) => {
    const lines = renderComparison(both, 'text', { color: false, columns }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.find((line) => line.startsWith('ord p50'))).toMatch(/\+1910 .*slower ▲$/);
  });

  test('says why not more, and what could have been seen', () => {
    const wild = {
      ...far,
      cells: far.cells.map((c) => ({
        ...c,
        rounds: c.rounds.map((r, i) => ({ ...r, p50: r.p50 * (i % 2 === 0 ? 3 : 1 / 3) })),
      })),
    };
    const text = renderComparison(compared(near, wild), 'text').replaceAll('\n', ' ');
    expect(text).toMatch(
      /cdg p50, syd p50: too much noise between rounds to tell 5 % \(not informative: no slow-down below \d+ % would show\)\./,
    );
  });

  test('names runs where the target is the same, and that they are no gate', () => {
    const again = side('near', { cdg: 9, ord: 6, syd: 100 }, 'run-number-2');
    const text = renderComparison(compared(near, again, 'different-runs'), 'text');
    expect(text).toContain(
      'run-number-2 against run-1 (baseline), 8 rounds of different runs, not a gate',
    );
    expect(text).toContain('27 % false alarms');
  });

  test('lets no name steer the terminal', () => {
    const evil = side('a\u001b[2Jb', { cdg: 5 });
    expect(renderComparison(compared(near, evil), 'text')).not.toContain('\u001b');
  });

  test('of nothing in common says that', () => {
    const text = renderComparison(compared(near, side('x', { scl: 5 })), 'text');
    expect(text).toContain('Not compared, as only near has them: cdg, ord, syd (search).');
    expect(text).toContain('Nothing can be compared.');
  });
});

describe('json', () => {
  test('is what the schema says', () => {
    const json: unknown = JSON.parse(renderComparison(both, 'json'));
    expect(comparisonShape.parse(json)).toEqual(json);
  });

  test('has the schema that is published', async () => {
    const schema = z.toJSONSchema(comparisonShape, { io: 'input' });
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      '../../../schema/comparison.schema.json',
    );
  });
});

test('csv has a row a cell, numbers as numbers, and nothing for the mean its vantage', () => {
  const rows = parse<Record<string, string>>(renderComparison(both, 'csv'), { columns: true });
  expect(rows).toHaveLength(7);
  const ord = rows.find((row) => row['vantage'] === 'ord' && row['quantile'] === 'p50');
  expect(ord).toMatchObject({
    baseline_target: 'near',
    candidate_target: 'far-away',
    verdict: 'slower',
  });
  expect(Number(ord?.['diff_lo_ms'])).toBeLessThan(Number(ord?.['diff_ms']));
  expect(Number(ord?.['diff_percent'])).toBeCloseTo(1900, -2);
  expect(rows.at(-1)).toMatchObject({ vantage: '', quantile: 'p50' });
});

test('markdown is a table, and names stay text', () => {
  const text = renderComparison(compared(near, side('a|b<c>', { cdg: 5, ord: 120 })), 'markdown');
  expect(text).toContain('### a\\|b\\<c\\> against near (baseline)');
  expect(text).toMatch(/^\| ord p50 \| 6\.0\d \| 120 \|/m);
  const widths = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).length);
  expect(new Set(widths).size).toBe(1);
});
