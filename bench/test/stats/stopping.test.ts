import { describe, expect, test } from 'vitest';
import { compareSides } from '../../compare/compare-sides.ts';
import type { Series } from '../../samples/series.ts';
import { medianByRound, type Estimate } from '../../stats/interval.ts';
import { sorted, type Sorted } from '../../stats/quantile.ts';
import { isNarrow, looks } from '../../stats/stopping.ts';
import { bothLatencies, type Latencies } from './support/latencies.ts';
import { moderate, noisy, type Noise } from './support/noise.ts';
import { printTable } from './support/print-table.ts';
import { rateOf, rateText, share } from './support/rate.ts';
import { gateDesign, sides, simulate, type Design } from './support/simulated-run.ts';
import { trueQuantile } from './support/true-quantile.ts';

// Item 6 of the measurement specification, "What the test suite must show".

const seeds = Array.from({ length: 500 }, (_, i) => i + 50_001);
const most = looks.at(-1) ?? NaN;
/** Half the default width makes the runs stop at all looks, not at the first one. */
const width = 0.025;

describe.each(bothLatencies)('stopping by width with a $name', (latencies) => {
  test('keeps the coverage of the medians and the rate of false alarms', () => {
    const steady = { ...moderate, drift: 0 };
    const covering = stopped(latencies, steady, width);
    const truth = trueQuantile(latencies, steady.sd, 0.5);
    const estimates = covering.flatMap(({ medians }) => medians);
    const coverage = rateOf(
      estimates,
      ({ interval }) => interval !== undefined && interval.low <= truth && truth <= interval.high,
    );
    const alarms = rateOf(stopped(latencies, moderate, width), isFlagged);
    const noisyAlarms = rateOf(stopped(latencies, noisy, 0.05), isFlagged);
    printTable(
      `Stopping by width, ${latencies.name}: 500 runs, stopped after ${distribution(covering)}`,
      ['', 'measured', 'shall be'],
      [
        ['coverage of p50, ± 2.5 %', rateText(coverage), 'at least 92 %'],
        ['stage 1, ± 2.5 %', rateText(alarms), 'at most 1.6 %'],
        ['stage 1, noisy, ± 5 %', rateText(noisyAlarms), 'at most 1.6 %'],
      ],
    );
    expect(share(coverage)).toBeGreaterThanOrEqual(0.92);
    expect(share(alarms)).toBeLessThanOrEqual(0.016);
    expect(share(noisyAlarms)).toBeLessThanOrEqual(0.016);
  });
});

interface Stopped {
  readonly design: Design;
  readonly rounds: number;
  readonly series: readonly Series[];
  /** One for each series. */
  readonly medians: readonly Estimate[];
}

function stopped(latencies: Latencies, noise: Noise, within: number): Stopped[] {
  const design = { ...gateDesign, latencies, noise, rounds: most };
  return seeds.map((seed) => {
    const whole = simulate(design, seed);
    const ordered = whole.map(({ rounds }) => rounds.map(({ values }) => sorted(values)));
    const isEnough = (look: number) =>
      mediansAt(ordered, look).every((estimate) => isNarrow(estimate, within));
    const rounds = looks.find(isEnough) ?? most;
    const series = whole.map((one) => ({ ...one, rounds: one.rounds.slice(0, rounds) }));
    return { design, rounds, series, medians: mediansAt(ordered, rounds) };
  });
}

const mediansAt = (ordered: readonly (readonly Sorted[])[], look: number): Estimate[] =>
  ordered.flatMap((rounds) => medianByRound(rounds.slice(0, look)) ?? []);

function isFlagged({ design, series }: Stopped): boolean {
  const [a, b] = sides(design, series);
  if (a === undefined || b === undefined) throw new Error('two targets are needed');
  return compareSides(a, b, 'same-rounds').cells.some(({ verdict }) => verdict === 'slower');
}

/** `8 rounds (12 %), 10 (30 %) …` */
function distribution(runs: readonly Stopped[]): string {
  return looks
    .map((look) => ({ look, rate: rateOf(runs, ({ rounds }) => rounds === look) }))
    .filter(({ rate }) => rate.hits > 0)
    .map(({ look, rate }) => `${look} (${(100 * share(rate)).toFixed(0)} %)`)
    .join(', ');
}
