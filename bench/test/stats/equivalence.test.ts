import { describe, expect, test } from 'vitest';
import type { ComparedCell } from '../../compare/comparison.ts';
import { compareSides } from '../../compare/compare-sides.ts';
import { bothLatencies } from './support/latencies.ts';
import { moderate } from './support/noise.ts';
import { printTable } from './support/print-table.ts';
import { rateOf, rateText, share } from './support/rate.ts';
import { gateDesign, sides, simulate, type Design } from './support/simulated-run.ts';

// Item 5 of the measurement specification, "What the test suite must show".

const seeds = Array.from({ length: 400 }, (_, i) => i + 40_001);

describe.each(bothLatencies)('equivalence with a $name', (latencies) => {
  test('is rarely found where the difference is as large as its bound, and often where there is none', () => {
    const twenty: Design = { ...gateDesign, latencies, noise: moderate, rounds: 20 };
    const factor = (target: string) => (target === 'candidate' ? 1.05 : 1);
    const rates = {
      slower10: noDifference({ ...twenty, rounds: 10, factor }),
      slower20: noDifference({ ...twenty, factor }),
      same: noDifference(twenty),
    };
    printTable(
      `"no difference" of the medians at each vantage (δ = 5 %), ${latencies.name}: 400 runs × 4`,
      ['', 'measured', 'shall be'],
      [
        ['a true +5 %, 10 × 100', rateText(rates.slower10), 'at most 7 %'],
        ['a true +5 %, 20 × 100', rateText(rates.slower20), 'at most 7 %'],
        ['A/A, 20 × 100', rateText(rates.same), 'at least 85 %'],
      ],
    );
    expect(share(rates.slower10)).toBeLessThanOrEqual(0.07);
    expect(share(rates.slower20)).toBeLessThanOrEqual(0.07);
    expect(share(rates.same)).toBeGreaterThanOrEqual(0.85);
  });
});

function noDifference(design: Design) {
  const medians = seeds.flatMap((seed) => mediansOf(design, seed));
  return rateOf(medians, ({ verdict }) => verdict === 'no-difference');
}

function mediansOf(design: Design, seed: number): ComparedCell[] {
  const [a, b] = sides(design, simulate(design, seed));
  if (a === undefined || b === undefined) throw new Error('two targets are needed');
  return compareSides(a, b, 'same-rounds').cells.filter(
    ({ quantile, vantage }) => quantile === 'p50' && vantage !== undefined,
  );
}
