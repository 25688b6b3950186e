import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { compareSides } from './compare-sides.ts';
import type { Side, SideRound } from './side.ts';

/** Ten rounds at one vantage; `cut`: quantiles of these are lower bounds. */
function side(target: string, ms: number, isCut = false): Side {
  const random = seededRandom(3).fork(target);
  const noisy = () => ms * Math.exp(0.05 * (random.float() - 0.5));
  const rounds = Array.from({ length: 10 }, (_, round): SideRound => ({
    ...{ round, p50: noisy(), p95: 2 * noisy() },
    ...(isCut ? { atLeast: ['p50', 'p95'] } : {}),
  }));
  const cell = { vantage: 'cdg', scenario: 'visit', metric: 'ttfb_warm', n: 380, rounds };
  return { runId: 'run', target, startedAtIso: '2026-11-21T12:00:00.000Z', cells: [cell] };
}

const p50 = (a: Side, b: Side) => {
  const [cell] = compareSides(a, b, 'same-rounds').cells;
  if (cell === undefined) throw new Error('nothing compared');
  return cell;
};

describe('a lower bound permits only the verdict that it supports', () => {
  test('a candidate that was cut is slower, by at least that', () => {
    const { verdict, reason, effect } = p50(side('a', 100), side('b', 1100, true));
    expect(verdict).toBe('slower');
    expect(reason).toContain('at least');
    expect(effect).toMatchObject({ bound: 'at-least' });
    expect(effect?.lowPercent).toBeGreaterThan(900);
    expect(effect?.highPercent).toBeUndefined();
    expect(effect?.highMs).toBeUndefined();
  });

  test.each([1000, 900, 500])(
    'but never faster or as fast, with bounds of %d ms against 1000',
    (ms) => {
      const { verdict, reason } = p50(side('a', 1000), side('b', ms, true));
      expect(verdict).toBe('inconclusive');
      expect(reason).toContain('the candidate were cut');
    },
  );

  test('a candidate is faster than a baseline that was cut, and nothing else', () => {
    const faster = p50(side('a', 1100, true), side('b', 100));
    expect(faster).toMatchObject({ verdict: 'faster', effect: { bound: 'at-most' } });
    expect(faster.effect?.lowPercent).toBeUndefined();
    expect(p50(side('a', 1100, true), side('b', 2000)).verdict).toBe('inconclusive');
    expect(p50(side('a', 1100, true), side('b', 1100)).verdict).toBe('inconclusive');
  });

  test('of two that were cut nothing is known', () => {
    const { verdict, reason, effect } = p50(side('a', 100, true), side('b', 1100, true));
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('both sides were cut');
    expect(effect).toMatchObject({ bound: 'unknown' });
  });
});
