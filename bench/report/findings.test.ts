import { describe, expect, test } from 'vitest';
import { syntheticManifest } from '../test/support/synthetic-run.ts';
import type { Series, ServerMedians } from '../samples/series.ts';
import { buildModel } from './model.ts';

const targets = ['a', 'b'];
const vantages = ['cdg', 'scl'];

/** A cell of eight rounds, whose medians wobble by 1 % around the centre, each target in its own way. */
function cell(target: string, vantage: string, ms: number, server: ServerMedians = {}): Series {
  return {
    ...{ target, vantage, scenario: 'search', metric: 'ttfb_warm', step: '', temperature: 'warm' },
    rounds: Array.from({ length: 8 }, (_, round) => ({
      round,
      values: [ms * Math.exp((round & (target === 'a' ? 1 : 2)) === 0 ? 0.01 : -0.01)],
    })),
    ...{ errors: 0, excluded: 0, server },
  };
}

function findings(series: readonly Series[], names = targets): Record<string, string> {
  const manifest = syntheticManifest({ targets: names, vantages });
  const input = { manifest, outcomes: { blocks: [] }, missing: [], series, staleReads: [] };
  const model = buildModel(input);
  return Object.fromEntries(model.findings.map(({ topic, text }) => [topic, text]));
}

describe('the fastest', () => {
  test('is named with its regions, and who meets the goal', () => {
    const all = [
      cell('a', 'cdg', 5),
      cell('b', 'cdg', 10),
      cell('a', 'scl', 6),
      cell('b', 'scl', 300),
    ];
    expect(findings(all)['fastest']).toBe(
      'a is the fastest everywhere; only a stays below the goal of 100 ms in every region.',
    );
  });

  test('is set against the next one where its lead is largest', () => {
    const all = [
      cell('a', 'cdg', 5),
      cell('b', 'cdg', 10),
      cell('a', 'scl', 6),
      cell('b', 'scl', 300),
    ];
    expect(findings(all)['contrast']).toBe(
      'a answers in 6.00 ms in scl; b takes 300 ms: 50× (95 % 49–51).',
    );
  });

  test('is set against nobody where nobody is ahead', () => {
    expect(findings([cell('a', 'cdg', 50), cell('b', 'cdg', 51)])['contrast']).toBeUndefined();
    expect(findings([cell('a', 'cdg', 50)], ['a'])['contrast']).toBeUndefined();
  });

  test('is not named for a difference that does not count', () => {
    const all = [
      cell('a', 'cdg', 50),
      cell('b', 'cdg', 51),
      cell('a', 'scl', 50),
      cell('b', 'scl', 90),
    ];
    expect(findings(all)['fastest']).toContain('a is the fastest in scl');
    expect(findings(all)['fastest']).toContain('no target is clearly ahead in cdg; all stay below');
  });

  test('is not named for less than the instrument can tell', () => {
    const all = [cell('a', 'cdg', 2), cell('b', 'cdg', 2.2)];
    expect(findings(all)['fastest']).toContain('No target is clearly faster');
  });

  test('is not named after five rounds, however far apart', () => {
    const all = [cell('a', 'cdg', 5), cell('b', 'cdg', 10)].map((series) => ({
      ...series,
      rounds: series.rounds.slice(0, 5),
    }));
    expect(findings(all)['fastest']).toContain('No target is clearly faster');
    expect(findings(all)['sensitivity']).toBeUndefined();
  });

  test('may be another one elsewhere', () => {
    const all = [
      cell('a', 'cdg', 5),
      cell('b', 'cdg', 10),
      cell('a', 'scl', 300),
      cell('b', 'scl', 9),
    ];
    expect(findings(all)['fastest']).toMatch(/; [ab] is ahead in (cdg|scl);/);
  });

  test('is not told of a single target', () => {
    expect(findings([cell('a', 'cdg', 5), cell('a', 'scl', 250)], ['a'])['fastest']).toBe(
      'a answers in 5.00 ms (4.96–5.04) in cdg to 250 ms (248–252) in scl; it misses the goal of 100 ms in scl.',
    );
  });

  test('is not told of nothing', () => {
    expect(findings([])['fastest']).toBe('Nothing was measured that could be summarised.');
  });
});

describe('why a target is slow', () => {
  const slow = (ms: number, server: ServerMedians) =>
    findings([cell('a', 'scl', ms, server)])['why-slow'];

  test('its queries cross the world one by one', () => {
    expect(slow(650, { region: 'scl', dbQueries: 3, dbMs: 640, appMs: 645 })).toBe(
      'a takes 650 ms in scl because each of its 3 queries crosses to the database in cdg and back:' +
        ' 3 × 211 ms = 633 ms (640 ms measured).',
    );
  });

  test('it is answered elsewhere', () => {
    expect(slow(215, { region: 'cdg', dbQueries: 3, dbMs: 2, appMs: 3 })).toBe(
      'a takes 215 ms in scl because it is answered in cdg, one round trip of 211 ms away.',
    );
  });

  test('queries are not blamed where the time measured does not agree', () => {
    expect(slow(150, { region: 'scl', dbQueries: 3, dbMs: 2, appMs: 148 })).toBe(
      'a takes 150 ms in scl; the app itself works for 148 ms, 2.00 ms of it in the database.',
    );
  });

  test('a target that says nothing is not explained', () => {
    expect(slow(150, {})).toBe('a takes 150 ms in scl, and does not say where the time goes.');
  });

  test('nobody is slow within the budget', () => {
    expect(slow(99, {})).toBeUndefined();
  });
});

describe('how small a difference shows', () => {
  const noisy = (series: Series, noise: number): Series => ({
    ...series,
    rounds: series.rounds.map(({ round, values }) => ({
      round,
      values: values.map((ms) => ms * Math.exp(round % 3 === 0 ? noise : 0)),
    })),
  });
  const quiet = [cell('a', 'cdg', 5), cell('b', 'cdg', 5), cell('a', 'scl', 9)];

  test('is never said to be less than what counts', () => {
    const all = quiet.map((series) => noisy(series, 0));
    expect(findings(all)['sensitivity']).toBe(
      'Medians that differ by 5 %, the least that counts, would show in this run.',
    );
  });

  test('is told from the best region to the worst', () => {
    const all = [...quiet, noisy(cell('b', 'scl', 9), 0.2)];
    expect(findings(all)['sensitivity']).toMatch(
      /^Differences between medians below about 5 % \(cdg\) to \d\d % \(scl\) can't be seen in this run;/,
    );
  });

  test('is not told of a single target', () => {
    expect(findings([cell('a', 'cdg', 5)], ['a'])['sensitivity']).toBeUndefined();
  });
});

test('stale reads are counted over all regions, by target', () => {
  const manifest = syntheticManifest({ targets, vantages });
  const read = (vantage: string, target: string, reads: number, stale: number) => ({
    ...{ target, vantage, scenario: 'read-your-writes', reads, stale },
  });
  const staleReads = [read('cdg', 'a', 100, 0), read('cdg', 'b', 100, 1), read('scl', 'b', 100, 4)];
  const input = { manifest, outcomes: { blocks: [] }, missing: [], series: [], staleReads };
  expect(buildModel(input).findings.find(({ topic }) => topic === 'consistency')?.text).toBe(
    "Reads that missed the reader's own write: 0 of 100 with a and 5 of 200 (2.5 %) with b.",
  );
});
