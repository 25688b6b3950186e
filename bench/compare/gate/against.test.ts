import { describe, expect, test } from 'vitest';
import { predictionTest } from '../../stats/prediction.ts';
import { syntheticHistory, syntheticRunOfSides } from '../../test/support/sides.ts';
import { averaged } from '../baseline/averaged.ts';
import { acceptedRatio } from './accepted-ratio.ts';
import { confirmed, regressionAgainst, type Against } from './against.ts';
import { flaggedVantages } from './flagged-vantages.ts';
import { flagged, type Regression, type RegressionCheck } from './regression.ts';

const targets = { base: 100, a: 100 };
const vantages = ['cdg', 'ord', 'syd', 'scl'];
const sameRounds: Against = { kind: 'baseline-target', target: 'base' };

const checksOf = (regression: Regression): readonly RegressionCheck[] =>
  regression.method === 'none' ? [] : regression.checks;

const stateOf = (regression: Regression) =>
  Object.fromEntries(
    checksOf(regression).flatMap(({ cell, confirmation }) =>
      confirmation === undefined
        ? []
        : [[`${cell.vantage ?? 'mean'} ${cell.quantile}`, confirmation.state]],
    ),
  );

describe('against a target of the same rounds', () => {
  const slow = { targets, slower: { 'a@syd': 1.2 } };
  const first = regressionAgainst(sameRounds, syntheticRunOfSides(slow).sides, ['a']);

  test('what is slower is flagged, and its vantage measured again', () => {
    const cells = flagged(checksOf(first)).map(
      ({ cell }) => `${cell.vantage ?? 'mean'} ${cell.quantile}`,
    );
    expect(cells).toEqual(['syd p50', 'syd p95', 'mean p50']);
    // The mean goes over all vantages, so all of them are needed to see it again.
    expect(flaggedVantages(checksOf(first), vantages)).toEqual(vantages);
    const alone = checksOf(first).filter(({ cell }) => cell.vantage === 'syd');
    expect(flaggedVantages(alone, vantages)).toEqual(['syd']);
    expect(flaggedVantages([], vantages)).toEqual([]);
  });

  test('fresh rounds confirm what is there again', () => {
    const fresh = syntheticRunOfSides({ ...slow, runId: 'fresh' });
    const second = confirmed(first, sameRounds, ['a'], { state: 'measured', ...fresh });
    expect(stateOf(second)).toEqual({
      'syd p50': 'confirmed',
      'syd p95': 'confirmed',
      'mean p50': 'confirmed',
    });
    expect(second).toMatchObject({ confirmationRunId: 'fresh' });
  });

  test('fresh rounds refute what is gone, and what is too small to count', () => {
    for (const factor of [1, 1.04]) {
      const fresh = syntheticRunOfSides({ targets, slower: { 'a@syd': factor }, runId: 'fresh' });
      const second = confirmed(first, sameRounds, ['a'], { state: 'measured', ...fresh });
      expect(stateOf(second)).toMatchObject({ 'syd p50': 'refuted', 'mean p50': 'refuted' });
    }
  });

  test('nothing is confirmed by a run that lacks it, has too few rounds, or is not there', () => {
    const lacks = syntheticRunOfSides({ ...slow, vantages: ['cdg', 'ord'], runId: 'fresh' });
    const short = syntheticRunOfSides({ ...slow, rounds: 7, runId: 'fresh' });
    for (const fresh of [lacks, short]) {
      const second = confirmed(first, sameRounds, ['a'], { state: 'measured', ...fresh });
      expect(stateOf(second)).toMatchObject({ 'syd p50': 'missing' });
    }
    const none = confirmed(first, sameRounds, ['a'], { state: 'missing', reason: 'no time' });
    expect(flagged(checksOf(none)).map(({ confirmation }) => confirmation)).toEqual(
      Array(3).fill({ state: 'missing', reason: 'no time' }),
    );
  });

  test('stages are never pooled: the second alone must be significant', () => {
    // +20 % on average, but too noisy for p < .05.
    const fresh = syntheticRunOfSides({ ...slow, sd: 0.8, rounds: 8, runId: 'fresh' });
    const second = confirmed(first, sameRounds, ['a'], { state: 'measured', ...fresh });
    const syd = checksOf(second).find(({ cell }) => cell.vantage === 'syd');
    expect(syd?.confirmation).toMatchObject({ state: 'refuted' });
  });

  test('fewer than eight rounds are shown, never judged', () => {
    const few = regressionAgainst(sameRounds, syntheticRunOfSides({ ...slow, rounds: 7 }).sides, [
      'a',
    ]);
    expect(checksOf(few).length).toBeGreaterThan(0);
    expect(flagged(checksOf(few))).toEqual([]);
  });
});

describe('against accepted runs, by a control', () => {
  const history = syntheticHistory(12, { targets }).map(averaged);
  const against: Against = { kind: 'control', target: 'base', accepted: history };
  /** 40 % slower than ever, all of it: another machine, say. */
  const otherDay = { targets, runId: 'today', day: Math.log(1.4) };

  test('T is that of the specification', () => {
    const today = syntheticRunOfSides(otherDay);
    const [check] = checksOf(regressionAgainst(against, today.sides, ['a']));
    const cell = check?.cell;
    if (cell?.effect === undefined) throw new Error('no effect');
    const zs = history.map((run) => acceptedRatio(run, cell, 'a', 'base', vantages) ?? NaN);
    const z = acceptedRatio(averaged(today), cell, 'a', 'base', vantages) ?? NaN;
    expect(cell.effect.p?.slower).toBeCloseTo(predictionTest(zs, z)?.p ?? NaN, 12);
    const mean = zs.reduce((sum, each) => sum + each, 0) / zs.length;
    expect(cell.effect.percent).toBeCloseTo(100 * Math.expm1(z - mean), 9);
  });

  test('a slow day is no regression, as it slows the control too', () => {
    const checks = checksOf(regressionAgainst(against, syntheticRunOfSides(otherDay).sides, ['a']));
    expect(checks).toHaveLength(9);
    expect(checks.every(({ gated }) => gated)).toBe(true);
    expect(flagged(checks)).toEqual([]);
  });

  test('a slower target is one, whatever the day, and fresh rounds confirm it against the same runs', () => {
    const slow = { ...otherDay, slower: { 'a@syd': 1.2 } };
    const first = regressionAgainst(against, syntheticRunOfSides(slow).sides, ['a']);
    expect(flagged(checksOf(first)).map(({ cell }) => cell.vantage)).toEqual([
      'syd',
      'syd',
      undefined,
    ]);
    const fresh = syntheticRunOfSides({ ...slow, runId: 'fresh', day: -0.1 });
    const second = confirmed(first, against, ['a'], { state: 'measured', ...fresh });
    expect(new Set(Object.values(stateOf(second)))).toEqual(new Set(['confirmed']));
    const gone = syntheticRunOfSides({ ...otherDay, runId: 'fresh' });
    const third = confirmed(first, against, ['a'], { state: 'measured', ...gone });
    expect(new Set(Object.values(stateOf(third)))).toEqual(new Set(['refuted']));
  });

  test('below ten accepted runs everything is reported and nothing judged', () => {
    const few: Against = { kind: 'control', target: 'base', accepted: history.slice(0, 9) };
    const slow = syntheticRunOfSides({ ...otherDay, slower: { 'a@syd': 2 } });
    const checks = checksOf(regressionAgainst(few, slow.sides, ['a']));
    expect(checks.map(({ gated }) => gated)).toEqual(Array(9).fill(false));
    expect(checks[4]?.cell).toMatchObject({
      vantage: 'syd',
      verdict: 'inconclusive',
      reason: '9 of 10 accepted runs: reported, not judged',
    });
    expect(checks[4]?.cell.effect?.percent).toBeGreaterThan(80);
    const none: Against = { kind: 'control', target: 'base', accepted: [] };
    expect(checksOf(regressionAgainst(none, slow.sides, ['a']))[0]?.cell.reason).toContain('0 of');
  });

  test('accepted runs that are all alike, or broken, give no verdict', () => {
    const [one] = history;
    if (one === undefined) throw new Error('no history');
    const alike = Array.from({ length: 12 }, () => one);
    const broken = alike.map((run) => ({
      ...run,
      cells: run.cells.map((cell) => ({ ...cell, p50: 0, p95: NaN })),
    }));
    const slow = syntheticRunOfSides({ ...otherDay, slower: { 'a@syd': 2 } });
    for (const accepted of [alike, broken]) {
      const checks = checksOf(
        regressionAgainst({ kind: 'control', target: 'base', accepted }, slow.sides, ['a']),
      );
      expect(new Set(checks.map(({ cell }) => cell.verdict))).toEqual(new Set(['inconclusive']));
    }
  });
});

/** 200 days of nothing new: the family must hold its 1 %. */
test('false alarms by a control are rare', () => {
  let alarms = 0;
  const days = syntheticHistory(215, { targets, sd: 0.05 });
  for (let day = 15; day < 215; day++) {
    const accepted = days.slice(day - 15, day).map(averaged);
    const against: Against = { kind: 'control', target: 'base', accepted };
    const checks = checksOf(regressionAgainst(against, days[day]?.sides ?? [], ['a']));
    if (flagged(checks).length > 0) alarms++;
  }
  expect(alarms).toBeLessThanOrEqual(6);
});
