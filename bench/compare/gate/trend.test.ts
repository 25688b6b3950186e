import { expect, test } from 'vitest';
import { syntheticHistory, syntheticRunOfSides } from '../../test/support/sides.ts';
import { syntheticManifest } from '../../test/support/synthetic-run.ts';
import { accept } from '../baseline/accept.ts';
import type { Baseline, KeptRun } from '../baseline/baseline.ts';
import { conditionsOf } from '../unlike.ts';
import { trendsOf, type Trend } from './trend.ts';

const targets = { base: 100, a: 100 };
const conditions = conditionsOf(syntheticManifest());

function baselineOf([first, ...others]: readonly KeptRun[]): Baseline {
  return others.reduce<Baseline>(
    (before, run) => accept(before, run, conditions),
    accept(undefined, first as KeptRun, conditions),
  );
}

/** A run whose target a is slower at syd by a factor. */
const day = (i: number, factor: number): KeptRun =>
  syntheticRunOfSides({
    targets,
    runId: `day-${i}`,
    startedAtIso: new Date(Date.UTC(2026, 9, 1 + i)).toISOString(),
    slower: { 'a@syd': factor },
    sd: 0.01,
  });

const at = (trends: readonly Trend[], kind: Trend['kind'], vantage: string | undefined) =>
  trends.filter((trend) => trend.kind === kind && trend.vantage === vantage);

test('a creep too slow for the window shows against the first run, which the window has lost', () => {
  const runs = Array.from({ length: 40 }, (_, i) => day(i, 1.005 ** i));
  const baseline = baselineOf(runs.slice(0, 39));
  expect(baseline.window.some(({ runId }) => runId === baseline.fixed.runId)).toBe(false);
  const trends = trendsOf(runs[39] as KeptRun, 'base', ['a'], baseline);
  const [creep] = at(trends, 'creep', 'syd');
  expect(creep).toMatchObject({ fixedRunId: 'day-0', candidate: 'a', quantile: 'p50', runs: 5 });
  expect(creep?.percent).toBeGreaterThan(15);
  expect(at(trends, 'creep', 'cdg')).toEqual([]);
});

test('a change of level is dated', () => {
  const runs = Array.from({ length: 16 }, (_, i) => day(i, i < 8 ? 1 : 1.3));
  const trends = trendsOf(runs[15] as KeptRun, 'base', ['a'], baselineOf(runs.slice(0, 15)));
  const [change] = at(trends, 'change', 'syd');
  expect(change).toMatchObject({ runId: 'day-8' });
  expect(change?.percent).toBeGreaterThan(25);
});

test('a quiet history, a short one, and one without the control show nothing', () => {
  const runs = syntheticHistory(16, { targets });
  const today = runs[15] as KeptRun;
  expect(trendsOf(today, 'base', ['a'], baselineOf(runs.slice(0, 15)))).toEqual([]);
  const slow = day(99, 2);
  expect(trendsOf(slow, 'base', ['a'], baselineOf(runs.slice(0, 3)))).toEqual([]);
  expect(trendsOf(slow, 'gone', ['a'], baselineOf(runs.slice(0, 15)))).toEqual([]);
});
