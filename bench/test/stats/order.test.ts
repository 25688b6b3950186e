import { expect, test } from 'vitest';
import { pairedDifference } from '../../stats/paired.ts';
import { hypothesesOf } from '../../compare/hypotheses.ts';
import { heavyTail } from './support/latencies.ts';
import { moderate } from './support/noise.ts';
import { printTable } from './support/print-table.ts';
import { rateOf, rateText, share } from './support/rate.ts';
import { gateDesign, sides, simulate, type Design } from './support/simulated-run.ts';

// Item 4 of the measurement specification, "What the test suite must show": order beats the number of requests.

const seeds = Array.from({ length: 500 }, (_, i) => i + 20_001);
const drifting = { ...moderate, name: 'drifting', drift: 0.05 };

test('A/A in sequence calls differences that interleaved rounds do not', () => {
  const design: Design = { ...gateDesign, latencies: heavyTail, noise: drifting };
  const three = { ...design, targets: ['baseline', 'candidate', 'third'] };
  const rates = {
    sequence: falseCalls({ ...design, order: 'in-sequence' }),
    abba: falseCalls(design),
    shuffled: falseCalls(three),
  };
  printTable(
    'A/A with a drift of .05: medians called different at a nominal 5 %, 500 runs × 4 vantages',
    ['order', 'measured', 'shall be'],
    [
      ['all of A, then all of B', rateText(rates.sequence), 'above 30 %'],
      ['two targets, ABBA', rateText(rates.abba), '2–9 %'],
      ['three targets, shuffled', rateText(rates.shuffled), '2–9 %'],
    ],
  );
  expect(share(rates.sequence)).toBeGreaterThan(0.3);
  for (const interleaved of [rates.abba, rates.shuffled]) {
    expect(share(interleaved)).toBeGreaterThanOrEqual(0.02);
    expect(share(interleaved)).toBeLessThanOrEqual(0.09);
  }
});

/** Two-sided, at the median of each vantage. */
function falseCalls(design: Design) {
  const ps = seeds.flatMap((seed) => medianPs(design, seed));
  return rateOf(ps, (p) => p < 0.05);
}

function medianPs(design: Design, seed: number): number[] {
  const [a, b] = sides(design, simulate(design, seed));
  if (a === undefined || b === undefined) throw new Error('two targets are needed');
  return hypothesesOf(a, b, 'same-rounds')
    .filter(({ quantile, vantage }) => quantile === 'p50' && vantage !== undefined)
    .map(({ baseline, candidate }) => {
      const { greater, less } = pairedDifference(baseline, candidate)?.p ?? { greater: 1, less: 1 };
      return 2 * Math.min(greater, less);
    });
}
