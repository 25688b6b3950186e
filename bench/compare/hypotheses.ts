import type { Pairing } from './comparison.ts';
import { judgedQuantiles, type JudgedQuantile, type Side, type SideCell } from './side.ts';
import { fewestForP95, type Judged } from './thresholds.ts';

/** One question of a comparison: does this quantile differ, at this vantage or in the mean over them? */
export interface Hypothesis extends Judged {
  readonly scenario: string;
  readonly metric: string;
  /**
   * Logs of the quantile by round (ln ms). Paired: the same rounds at the same places. What is not above 0 gives
   * what is not finite here.
   */
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  /** The sides of which some of these are lower bounds, as requests were cut; absent for none. */
  readonly cut?: Cut;
}

export type Cut = 'baseline' | 'candidate' | 'both';

/**
 * Everything that two sides can be asked about each other: both quantiles at each vantage that both measured, and, of
 * the medians, the mean over these vantages where there are several. The answers are judged as one family, so what is
 * asked must not depend on the latencies; it depends on how many there are only.
 */
export function hypothesesOf(baseline: Side, candidate: Side, pairing: Pairing): Hypothesis[] {
  return workloadsOf(baseline, candidate).flatMap((workload) => [
    ...workload.pairs.flatMap((pair) => atVantage(pair, pairing)),
    ...(workload.pairs.length > 1 ? [overVantages(workload, pairing)] : []),
  ]);
}

/** A scenario and metric, with the cells that both sides measured. */
interface Workload {
  readonly scenario: string;
  readonly metric: string;
  readonly pairs: CellPair[];
}

interface CellPair {
  readonly baseline: SideCell;
  readonly candidate: SideCell;
}

function workloadsOf(baseline: Side, candidate: Side): Workload[] {
  const workloads = new Map<string, Workload>();
  for (const one of baseline.cells) {
    const other = candidate.cells.find((cell) => isSameCell(cell, one));
    if (other === undefined || one.rounds.length === 0 || other.rounds.length === 0) continue;
    const { scenario, metric } = one;
    const workload = workloads.get(`${scenario}\n${metric}`) ?? { scenario, metric, pairs: [] };
    workload.pairs.push({ baseline: one, candidate: other });
    workloads.set(`${scenario}\n${metric}`, workload);
  }
  return [...workloads.values()];
}

export function isSameCell(a: SideCell, b: SideCell): boolean {
  return a.vantage === b.vantage && a.scenario === b.scenario && a.metric === b.metric;
}

function atVantage(pair: CellPair, pairing: Pairing): Hypothesis[] {
  const { vantage, scenario, metric } = pair.baseline;
  const enough = Math.min(pair.baseline.n, pair.candidate.n) >= fewestForP95;
  return judgedQuantiles
    .filter((quantile) => quantile !== 'p95' || enough)
    .map((quantile) => ({
      ...{ vantage, scenario, metric, quantile },
      ...joined(logs(pair.baseline, quantile), logs(pair.candidate, quantile), pairing),
    }));
}

function overVantages({ scenario, metric, pairs }: Workload, pairing: Pairing): Hypothesis {
  const mean = (side: keyof CellPair) => meanOf(pairs.map((pair) => logs(pair[side], 'p50')));
  return {
    ...{ vantage: undefined, scenario, metric, quantile: 'p50' },
    ...joined(mean('baseline'), mean('candidate'), pairing),
  };
}

/** Round → ln ms. */
type Logs = ReadonlyMap<number, Log>;

interface Log {
  readonly ln: number;
  /** `ln` is a lower bound. */
  readonly isBound: boolean;
}

function logs({ rounds }: SideCell, quantile: JudgedQuantile): Logs {
  return new Map(
    rounds.map((round) => [
      round.round,
      { ln: Math.log(round[quantile]), isBound: round.atLeast?.includes(quantile) === true },
    ]),
  );
}

/** The mean over vantages, of the rounds that count at all of them. */
function meanOf(all: readonly Logs[]): Logs {
  const [first = new Map<number, Log>()] = all;
  const rounds = [...first.keys()].filter((round) => all.every((one) => one.has(round)));
  const sum = (round: number) => all.reduce((total, one) => total + (one.get(round)?.ln ?? NaN), 0);
  const isBound = (round: number) => all.some((one) => one.get(round)?.isBound === true);
  return new Map(
    rounds.map((round) => [round, { ln: sum(round) / all.length, isBound: isBound(round) }]),
  );
}

/** Paired: the rounds that both sides have. */
function joined(
  baseline: Logs,
  candidate: Logs,
  pairing: Pairing,
): Pick<Hypothesis, 'baseline' | 'candidate' | 'cut'> {
  if (pairing === 'different-runs') return sides([...baseline.values()], [...candidate.values()]);
  const common = [...baseline.keys()].filter((round) => candidate.has(round));
  const of = (side: Logs) => common.flatMap((round) => side.get(round) ?? []);
  return sides(of(baseline), of(candidate));
}

function sides(
  baseline: readonly Log[],
  candidate: readonly Log[],
): Pick<Hypothesis, 'baseline' | 'candidate' | 'cut'> {
  const cut = cutOf(
    baseline.some(({ isBound }) => isBound),
    candidate.some(({ isBound }) => isBound),
  );
  return {
    baseline: baseline.map(({ ln }) => ln),
    candidate: candidate.map(({ ln }) => ln),
    ...(cut === undefined ? {} : { cut }),
  };
}

function cutOf(baseline: boolean, candidate: boolean): Cut | undefined {
  if (baseline && candidate) return 'both';
  if (baseline) return 'baseline';
  return candidate ? 'candidate' : undefined;
}
