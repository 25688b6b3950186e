import { describe, expect, test } from 'vitest';
import { detectableEffect } from '../stats/detectable.ts';
import type { ComparedCell, Comparison, Verdict } from './comparison.ts';
import { detectableHere, noiseRecord, noiseUnder, type NoiseRecord } from './noise.ts';

const load = { scenarios: ['search'], wanted: 38, rate: 20 };

const cell = (vantage: string | undefined, sd: number, verdict: Verdict): ComparedCell => ({
  ...{ vantage, scenario: 'search', metric: 'ttfb_warm', quantile: 'p50', rounds: 8, verdict },
  effect: { baselineMs: 5, candidateMs: 5, ms: 0, percent: 0, sd },
});

function record(sds: readonly number[], verdict: Verdict = 'no-difference'): NoiseRecord {
  const comparison: Comparison = {
    pairing: 'same-rounds',
    baseline: { runId: 'r', target: 'a' },
    candidate: { runId: 'r', target: 'a-again' },
    family: { size: 9, alpha: 0.01 },
    cells: [...sds.map((sd) => cell('cdg', sd, verdict)), cell(undefined, 0.5, 'inconclusive')],
    notes: [],
  };
  return noiseRecord({ runId: 'r', startedAtIso: '2026-11-21T00:00:00Z' }, load, comparison);
}

test('takes the spread of every vantage, not of their mean', () => {
  expect(record([0.03]).cells).toEqual([
    { vantage: 'cdg', quantile: 'p50', rounds: 8, sd: 0.03, falseAlarm: false },
  ]);
});

test('a verdict that says faster or slower is a false alarm', () => {
  const noise = noiseUnder([record([0.03]), record([0.05], 'slower'), record([0.02])], load);
  expect(noise).toMatchObject({ runs: 3, verdicts: 3, falseAlarms: 1 });
  expect(noise?.cells).toEqual([{ vantage: 'cdg', quantile: 'p50', sd: 0.03 }]);
});

test('another load says nothing', () => {
  expect(noiseUnder([record([0.03])], { ...load, wanted: 100 })).toBeUndefined();
  expect(noiseUnder([], load)).toBeUndefined();
});

describe('what a run can detect here', () => {
  const noise = noiseUnder([record([0.03])], load);

  test('follows from the noise, the rounds and the family', () => {
    const run = { vantages: ['cdg', 'ord'], rounds: 10, family: 9 };
    expect(noise && detectableHere(noise, run)).toEqual([
      { vantage: 'cdg', effect: detectableEffect({ sd: 0.03, rounds: 10, family: 9 }) },
    ]);
  });
});
