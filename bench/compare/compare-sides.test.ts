import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { compareSides } from './compare-sides.ts';
import type { Comparison, ComparedCell } from './comparison.ts';
import type { Side, SideCell, SideRound } from './side.ts';

const vantages = ['cdg', 'ord', 'syd', 'scl'];

/** Medians of 20 ms and p95s of 60 ms, times the factor, with the noise of each round and side. */
function side(
  target: string,
  { factor = 1, sd = 0.02, rounds = 10, at = vantages, n = 1000, seed = target, ms = 20 } = {},
): Side {
  const cells = at.map((vantage): SideCell => {
    const random = seededRandom(7).fork(`${seed} ${vantage}`);
    const noisy = () => factor * Math.exp(sd * 3.46 * (random.float() - 0.5));
    return cell(
      vantage,
      Array.from({ length: rounds }, (_, round) => ({
        round,
        p50: ms * noisy(),
        p95: 3 * ms * noisy(),
      })),
      n,
    );
  });
  return { runId: 'run', target, startedAtIso: '2026-11-21T12:00:00.000Z', cells };
}

function cell(vantage: string, rounds: readonly SideRound[], n = 1000): SideCell {
  return { vantage, scenario: 'search', metric: 'ttfb_warm', n, rounds };
}

const same = (a: Side, b: Side): Comparison => compareSides(a, b, 'same-rounds');

function find(comparison: Comparison, vantage: string | undefined, quantile = 'p50'): ComparedCell {
  const found = comparison.cells.find((c) => c.vantage === vantage && c.quantile === quantile);
  if (found === undefined) throw new Error(`no cell ${vantage ?? 'mean'} ${quantile}`);
  return found;
}

const verdicts = ({ cells }: Comparison) => [...new Set(cells.map(({ verdict }) => verdict))];

describe('the family', () => {
  test('of four vantages is nine: p50 and p95 of each, and the mean of the p50', () => {
    const { family, cells } = same(side('a'), side('b'));
    expect(family).toEqual({ size: 9, alpha: 0.01 });
    expect(cells.map(({ vantage = 'mean', quantile }) => `${vantage} ${quantile}`)).toEqual([
      ...vantages.flatMap((vantage) => [`${vantage} p50`, `${vantage} p95`]),
      'mean p50',
    ]);
  });

  test('of one vantage has no mean, which would ask the same twice', () => {
    expect(same(side('a', { at: ['cdg'] }), side('b', { at: ['cdg'] })).family.size).toBe(2);
  });

  test('has no p95 of fewer than 72 requests, and says so', () => {
    const { family, notes } = same(side('a', { n: 71 }), side('b'));
    expect(family.size).toBe(5);
    expect(notes).toEqual([
      'p95 is not judged for fewer than 72 requests: cdg, ord, syd, scl (search).',
    ]);
    expect(same(side('a', { n: 72 }), side('b')).family.size).toBe(9);
  });

  test('has only vantages that both sides measured, and says which are left out', () => {
    const empty = side('b');
    const cells = empty.cells.map((c) => (c.vantage === 'scl' ? { ...c, rounds: [] } : c));
    const comparison = same(side('a'), { ...empty, cells });
    expect(comparison.family.size).toBe(7);
    expect(comparison.notes).toEqual(['Not compared, as only a has them: scl (search).']);
  });

  test('is corrected for: what one hypothesis alone would show is not enough for nine', () => {
    const noisy = { sd: 0.05, rounds: 8 };
    const alone = same(
      side('a', { ...noisy, at: ['cdg'] }),
      side('b', { ...noisy, at: ['cdg'], factor: 1.12 }),
    );
    const among = same(side('a', noisy), {
      ...side('b', noisy),
      cells: side('b', noisy).cells.map((c) =>
        c.vantage === 'cdg' ? (side('b', { ...noisy, factor: 1.12 }).cells[0] ?? c) : c,
      ),
    });
    const p = find(alone, 'cdg').effect?.p?.slower ?? NaN;
    expect(find(among, 'cdg').effect?.p?.slower).toBe(p);
    expect(p).toBeLessThan(0.01 / 2);
    expect(p).toBeGreaterThan(0.01 / 9);
    expect(find(alone, 'cdg').verdict).toBe('slower');
    expect(find(among, 'cdg').verdict).toBe('inconclusive');
  });
});

describe('a verdict', () => {
  test('of an eighth slower is slower everywhere, and the other way round faster', () => {
    const [a, b] = [side('a'), side('b', { factor: 1.125 })];
    expect(verdicts(same(a, b))).toEqual(['slower']);
    expect(verdicts(same(b, a))).toEqual(['faster']);
  });

  test('of the same is no difference where there is power enough', () => {
    expect(verdicts(same(side('a'), side('b')))).toEqual(['no-difference']);
  });

  test('of a true but small slow-down is never slower', () => {
    const { verdict, effect, reason } = find(
      same(side('a', { sd: 0.004 }), side('b', { sd: 0.004, factor: 1.04 })),
      'ord',
    );
    expect(effect?.p?.slower).toBeLessThan(1e-6);
    expect([verdict, reason]).toEqual(['no-difference', undefined]);
  });

  test('says when the direction is sure and the size is not', () => {
    const comparison = same(side('a', { sd: 0.02 }), side('b', { sd: 0.02, factor: 1.05 }));
    const unsure = comparison.cells.filter(({ verdict }) => verdict === 'inconclusive');
    expect(unsure.map(({ reason }) => reason)).toContain(
      'slower, but perhaps by less than the 5 % that count',
    );
  });

  test('is inconclusive in noise, and says how many more rounds it takes', () => {
    const { verdict, reason } = find(same(side('a', { sd: 0.05 }), side('b', { sd: 0.05 })), 'ord');
    expect(verdict).toBe('inconclusive');
    expect(reason).toMatch(/^needs about \d+ more rounds$/);
    const wild = find(same(side('a', { sd: 1 }), side('b', { sd: 1 })), 'ord');
    expect(wild.reason).toBe('too much noise between rounds to tell 5 %');
    expect(wild.effect?.informative).toBe(false);
  });

  test('asks for as many rounds as are enough', () => {
    const noise = { sd: 0.04, rounds: 8 };
    const { reason } = find(same(side('a', noise), side('b', { ...noise, factor: 1.06 })), 'syd');
    const more = Number(/\d+/.exec(reason ?? '')?.[0]);
    const rounds = 8 + more;
    const again = find(
      same(side('a', { ...noise, rounds }), side('b', { ...noise, rounds })),
      'syd',
    );
    expect(again.effect?.detectablePercent).toBeLessThan(7);
  });

  test('is never a direction below the floor of the instrument', () => {
    const [a, b] = [side('a', { ms: 2, sd: 0.01 }), side('b', { ms: 2, sd: 0.01, factor: 1.12 })];
    const p50 = find(same(a, b), 'syd');
    expect(p50.effect?.percent).toBeGreaterThan(10);
    expect([p50.verdict, p50.reason]).toEqual([
      'no-difference',
      expect.stringMatching(/^0\.2\d ms is less than the 0\.3 ms that the instrument can tell$/),
    ]);
    expect(find(same(a, b), 'syd', 'p95').reason).toContain('1.5 ms');
    expect(find(same(b, a), 'syd').verdict).toBe('no-difference');
  });

  test('takes six common rounds', () => {
    const five = same(side('a', { rounds: 5 }), side('b', { factor: 2 }));
    expect(verdicts(five)).toEqual(['inconclusive']);
    expect(five.cells[0]?.reason).toBe('5 rounds count on both sides, 6 are needed');
    expect(verdicts(same(side('a', { rounds: 6 }), side('b', { factor: 2 })))).toEqual(['slower']);
  });

  test('pairs rounds by their number, whatever is missing', () => {
    const [a, b] = [
      side('a', { sd: 0.2, seed: 'x' }),
      side('b', { sd: 0.2, seed: 'x', factor: 1.2 }),
    ];
    const without = (s: Side, lost: number): Side => ({
      ...s,
      cells: s.cells.map((c) => ({ ...c, rounds: c.rounds.filter(({ round }) => round !== lost) })),
    });
    const paired = find(same(without(a, 1), without(b, 4)), 'cdg');
    expect(paired.rounds).toBe(8);
    expect(paired.effect?.percent).toBeCloseTo(20, 6);
  });

  test('of the mean rests on rounds that count everywhere', () => {
    const a = side('a');
    const cells = a.cells.map((c, i) => ({ ...c, rounds: c.rounds.filter((r) => r.round !== i) }));
    expect(find(same({ ...a, cells }, side('b')), undefined).rounds).toBe(6);
  });
});

describe('different runs', () => {
  test('are not paired, and labelled', () => {
    const [a, b] = [side('a', { rounds: 8 }), side('a', { rounds: 12, factor: 1.2, seed: 'b' })];
    const comparison = compareSides(a, b, 'different-runs');
    expect(verdicts(comparison)).toEqual(['slower']);
    expect(comparison.cells[0]?.rounds).toBe(8);
    expect(comparison.notes[0]).toMatch(/^Different runs, not a gate/);
  });

  test('with drift that pairing would cancel say less', () => {
    const [a, b] = [
      side('a', { sd: 0.2, seed: 'x' }),
      side('a', { sd: 0.2, seed: 'x', factor: 1.2 }),
    ];
    expect(find(compareSides(a, b, 'different-runs'), 'cdg').verdict).toBe('inconclusive');
  });
});

describe('what is no measurement', () => {
  const broken = (bad: (round: SideRound) => SideRound): Side => {
    const b = side('b', { factor: 2 });
    return { ...b, cells: b.cells.map((c) => ({ ...c, rounds: c.rounds.map(bad) })) };
  };

  test.each([NaN, 0, -3, Infinity])('a latency of %d has no verdict', (ms) => {
    const comparison = same(
      side('a'),
      broken((round) => (round.round === 3 ? { ...round, p50: ms } : round)),
    );
    const { verdict, reason, effect } = find(comparison, 'ord');
    expect([verdict, reason, effect]).toEqual([
      'inconclusive',
      'a round has a latency that is no number above 0',
      undefined,
    ]);
    expect(find(comparison, 'ord', 'p95').verdict).toBe('slower');
    expect(comparison.family.size).toBe(9);
  });

  test('rounds that are all equal have no verdict', () => {
    const flat = (target: string, ms: number): Side => ({
      ...side(target),
      cells: vantages.map((v) =>
        cell(
          v,
          Array.from({ length: 10 }, (_, round) => ({ round, p50: ms, p95: 3 * ms })),
        ),
      ),
    });
    const comparison = same(flat('a', 10), flat('b', 11.3));
    expect(verdicts(comparison)).toEqual(['inconclusive']);
    expect(find(comparison, 'cdg').reason).toContain('exactly the same');
    expect(verdicts(same(flat('a', 10), flat('b', 10)))).toEqual(['inconclusive']);
  });

  test('a single round and none have no verdict', () => {
    expect(verdicts(same(side('a', { rounds: 1 }), side('b', { rounds: 1 })))).toEqual([
      'inconclusive',
    ]);
    expect(same(side('a', { rounds: 0 }), side('b', { rounds: 0 })).cells).toEqual([]);
    expect(same({ ...side('a'), cells: [] }, side('b')).family.size).toBe(0);
  });

  const anyMs = fc.oneof(fc.double(), fc.constantFrom(0, -1, NaN, 1e-320, 1e308, 5, 5.0001));
  const anyRounds = fc.array(fc.record({ round: fc.nat(9), p50: anyMs, p95: anyMs }), {
    maxLength: 12,
  });

  test('never throws, and gives no verdict without p values', () => {
    fc.assert(
      fc.property(
        anyRounds,
        anyRounds,
        fc.constantFrom('same-rounds', 'different-runs'),
        (x, y, pairing) => {
          const [a, b] = [x, y].map((rounds, i): Side => ({
            ...side(String(i)),
            cells: [cell('cdg', rounds), cell('ord', rounds)],
          })) as [Side, Side];
          const { cells } = compareSides(a, b, pairing);
          for (const { verdict, effect, rounds } of cells) {
            const judged = verdict !== 'inconclusive';
            expect(judged && (effect?.p === undefined || rounds < 6)).toBe(false);
            expect(JSON.stringify(effect ?? {})).not.toContain('null');
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the laws of a comparison', () => {
  const ms = fc.double({ min: 1, max: 5000, noNaN: true });
  const pair = fc.array(fc.tuple(ms, ms, ms, ms), { minLength: 6, maxLength: 12 }).map((rounds) => {
    const of = (i: 0 | 2) =>
      rounds.map((r, round) => ({ round, p50: r[i], p95: r[(i + 1) as 1 | 3] }));
    return [of(0), of(2)] as const;
  });
  const sideOf = (rounds: readonly SideRound[]): Side => ({
    ...side('x'),
    cells: [cell('cdg', rounds)],
  });
  const mirrored = { slower: 'faster', faster: 'slower' } as Record<string, string>;

  test('swapping the sides mirrors verdicts, effects and intervals', () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const there = same(sideOf(x), sideOf(y)).cells;
        const back = same(sideOf(y), sideOf(x)).cells;
        there.forEach(({ verdict, effect }, i) => {
          expect(back[i]?.verdict).toBe(mirrored[verdict] ?? verdict);
          expect(back[i]?.effect?.ms).toBeCloseTo(-(effect?.ms ?? NaN), 6);
          expect(back[i]?.effect?.highMs ?? 0).toBeCloseTo(-(effect?.lowMs ?? 0), 4);
          const product =
            (1 + (effect?.percent ?? NaN) / 100) * (1 + (back[i]?.effect?.percent ?? NaN) / 100);
          expect(product).toBeCloseTo(1, 8);
        });
      }),
    );
  });

  test('milliseconds and percent lie on the same side of 0', () => {
    fc.assert(
      fc.property(pair, ([x, y]) => {
        for (const { effect } of same(sideOf(x), sideOf(y)).cells) {
          const { lowMs = NaN, highMs = NaN, lowPercent = NaN, highPercent = NaN } = effect ?? {};
          expect(lowMs > 0).toBe(lowPercent > 0);
          expect(highMs < 0).toBe(highPercent < 0);
        }
      }),
    );
  });

  test('scaling both sides changes milliseconds only', () => {
    fc.assert(
      fc.property(pair, fc.double({ min: 10, max: 50, noNaN: true }), ([x, y], k) => {
        const by = (rounds: readonly SideRound[]) =>
          rounds.map(({ round, p50, p95 }) => ({ round, p50: k * p50, p95: k * p95 }));
        const small = same(sideOf(x), sideOf(y)).cells[0]?.effect;
        const large = same(sideOf(by(x)), sideOf(by(y))).cells[0]?.effect;
        expect(large?.percent).toBeCloseTo(small?.percent ?? NaN, 5);
        expect((large?.ms ?? NaN) / k).toBeCloseTo(small?.ms ?? NaN, 5);
        expect(large?.p?.slower ?? 0).toBeCloseTo(small?.p?.slower ?? 0, 8);
      }),
    );
  });

  test('permuting the rounds of one side changes the spread, not the effect', () => {
    const [a, b] = [side('a', { sd: 0.1 }), side('b', { sd: 0.1, factor: 1.1 })];
    const turned = {
      ...a,
      cells: a.cells.map((c) => ({
        ...c,
        rounds: c.rounds.map((r, i) => ({ ...r, round: (i + 1) % c.rounds.length })),
      })),
    };
    const [before, after] = [find(same(a, b), 'ord').effect, find(same(turned, b), 'ord').effect];
    expect(after?.percent).toBeCloseTo(before?.percent ?? NaN, 8);
    expect(after?.sd).not.toBeCloseTo(before?.sd ?? NaN, 4);
  });
});
