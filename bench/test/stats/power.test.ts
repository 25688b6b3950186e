import { describe, expect, test } from 'vitest';
import { gateRun } from './support/gate-run.ts';
import { bothLatencies } from './support/latencies.ts';
import { moderate } from './support/noise.ts';
import { printTable } from './support/print-table.ts';
import { rateOf, rateText, share } from './support/rate.ts';
import { gateDesign } from './support/simulated-run.ts';

// Item 2 of the measurement specification, "What the test suite must show".

const seeds = Array.from({ length: 400 }, (_, i) => i + 10_001);

describe.each(bothLatencies)('a slow-down with a $name', (latencies) => {
  test.each([
    { name: '+10 % everywhere', slower: 1.1, where: [...gateDesign.vantages], atLeast: 0.95 },
    { name: '+15 % at one vantage', slower: 1.15, where: ['syd'], atLeast: 0.9 },
    { name: '+10 % at one vantage', slower: 1.1, where: ['syd'], atLeast: 0.65 },
  ])('of $name is found', ({ name, slower, where, atLeast }) => {
    const factor = (target: string, vantage: string) =>
      target === 'candidate' && where.includes(vantage) ? slower : 1;
    const design = { ...gateDesign, latencies, noise: moderate, factor };
    const outcomes = seeds.map((seed) => gateRun(design, seed));
    const stage1 = rateOf(outcomes, ({ flagged }) => flagged);
    const confirmed = rateOf(outcomes, ({ failed }) => failed);
    printTable(
      `${name}, ${latencies.name}: 400 runs`,
      ['', 'measured', 'at least'],
      [
        ['stage 1', rateText(stage1), `${100 * atLeast} %`],
        ['confirmed', rateText(confirmed), `${100 * atLeast} %`],
      ],
    );
    expect(share(stage1)).toBeGreaterThanOrEqual(atLeast);
    expect(share(confirmed)).toBeGreaterThanOrEqual(atLeast);
  });
});
