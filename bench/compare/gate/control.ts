import { detectableEffect } from '../../stats/detectable.ts';
import { holm } from '../../stats/holm.ts';
import { meanDifference, type MeanDifference } from '../../stats/mean-difference.ts';
import { mean, variance } from '../../stats/moments.ts';
import type { AcceptedRun } from '../baseline/baseline.ts';
import { compareSides } from '../compare-sides.ts';
import type { ComparedCell, Effect } from '../comparison.ts';
import type { Cut } from '../hypotheses.ts';
import type { Side } from '../side.ts';
import { familyAlpha, informativeWithin, practicalEffect } from '../thresholds.ts';
import { judge, type Rejected } from '../verdict.ts';
import { acceptedRatio, vantagesOfMean } from './accepted-ratio.ts';
import type { RegressionCheck } from './regression.ts';
import { gateRounds } from './rounds-needed.ts';

/** With fewer accepted runs than this the spread between runs is not known well enough: report only. */
export const acceptedNeeded = 10;

/**
 * Every candidate, as a ratio to a control of the same rounds, against the same ratio in the accepted runs: what
 * changes from day to day changes the control too (measurement specification, "Gate", second baseline).
 */
export function controlChecks(
  sides: readonly Side[],
  control: string,
  candidates: readonly string[],
  accepted: readonly AcceptedRun[],
): RegressionCheck[] {
  const base = sides.find(({ target }) => target === control);
  if (base === undefined) return [];
  return sides
    .filter(({ target }) => target !== control && candidates.includes(target))
    .flatMap((side) => checksOf(base, side, accepted));
}

/** A cell of the run with what the accepted runs predict for it. */
interface Predicted {
  readonly cell: ComparedCell;
  readonly history: readonly number[];
  readonly difference?: MeanDifference;
}

function checksOf(base: Side, side: Side, accepted: readonly AcceptedRun[]): RegressionCheck[] {
  const { cells } = compareSides(base, side, 'same-rounds');
  const predicted = cells.map((cell): Predicted => {
    const vantages = vantagesOfMean(cells, cell);
    const history = accepted.flatMap(
      (run) => acceptedRatio(run, cell, side.target, base.target, vantages) ?? [],
    );
    return { cell, history, ...predictionOf(cell, history) };
  });
  const family = predicted.filter(isJudged);
  const rejected = (direction: 'greater' | 'less') =>
    holm(
      family.map(({ difference }) => difference?.p?.[direction] ?? NaN),
      familyAlpha,
    );
  const [slower, faster] = [rejected('greater'), rejected('less')];
  return predicted.map((one) => {
    const i = family.indexOf(one);
    const falls = { slower: slower[i] ?? false, faster: faster[i] ?? false };
    return {
      candidate: side.target,
      cell: judged(one, falls, Math.max(1, family.length)),
      gated: i >= 0,
    };
  });
}

const isJudged = ({ cell, history }: Predicted): boolean =>
  cell.rounds >= gateRounds && history.length >= acceptedNeeded;

/**
 * T = (z − z̄)/(s·√(1 + 1/K)) with K − 1 degrees of freedom, as a difference with its standard error. Rounds of the run
 * don't enter: what they leave uncertain is part of the spread between runs.
 */
function predictionOf(
  { effect }: ComparedCell,
  history: readonly number[],
): Pick<Predicted, 'difference'> {
  if (effect === undefined || history.length === 0) return {};
  const z = Math.log(effect.candidateMs) - Math.log(effect.baselineMs);
  const [n, sd] = [history.length, Math.sqrt(variance(history))];
  const parts = { n, mean: z - mean(history), sd, se: sd * Math.sqrt(1 + 1 / n), df: n - 1 };
  return Number.isFinite(parts.mean) ? { difference: meanDifference(parts, Math.abs(z)) } : {};
}

function judged(predicted: Predicted, rejected: Rejected, family: number): ComparedCell {
  const { cell, history, difference } = predicted;
  const { vantage, scenario, metric, quantile, rounds } = cell;
  const effect = effectOf(predicted, family);
  const place = { vantage, scenario, metric, quantile, rounds };
  const shown = { ...place, ...(effect === undefined ? {} : { effect }) };
  if (!isJudged(predicted))
    return { ...shown, verdict: 'inconclusive', reason: tooFew(history.length, rounds) };
  // Hypotheses hold what was compared; of a prediction only the quantile and the vantage matter.
  const cut = cutOf(cell);
  const hypothesis = {
    ...{ ...place, baseline: [], candidate: [] },
    ...(cut === undefined ? {} : { cut }),
  };
  const measured = {
    ...{ hypothesis, rounds },
    ...(difference === undefined ? {} : { difference }),
    ...(effect === undefined ? {} : { effect }),
  };
  const { verdict, reason } = judge(measured, rejected, family);
  const why = verdict === 'inconclusive' && difference?.p !== undefined ? scattered(cell) : reason;
  return { ...shown, verdict, ...(why === undefined ? {} : { reason: why }) };
}

/** In ms as against what the accepted runs predict, given the control of today. */
function effectOf({ cell, difference }: Predicted, family: number): Effect | undefined {
  const candidateMs = cell.effect?.candidateMs;
  if (difference === undefined || candidateMs === undefined) return undefined;
  const { mean: d, interval, p, se, n, sd } = difference;
  const baselineMs = candidateMs * Math.exp(-d);
  const size = { baselineMs, candidateMs, ms: candidateMs - baselineMs, percent: percent(d) };
  if (interval === undefined || p === undefined) return size;
  // The formula of the paired comparison, whose standard error is sd/√R.
  const detectable = detectableEffect({ sd: se * Math.sqrt(n), rounds: n, family });
  // Logs at the ends of what a number can hold have ratios beyond them.
  if (!Number.isFinite(detectable) || !Number.isFinite(Math.expm1(interval.high))) return size;
  return {
    ...size,
    // Today's value is known; what it should have been is not.
    lowMs: -candidateMs * Math.expm1(-interval.low),
    highMs: -candidateMs * Math.expm1(-interval.high),
    lowPercent: percent(interval.low),
    highPercent: percent(interval.high),
    sd,
    p: { slower: p.greater, faster: p.less },
    detectablePercent: 100 * detectable,
    informative: detectable <= informativeWithin * practicalEffect(cell),
  };
}

const percent = (log: number): number => 100 * Math.expm1(log);

const tooFew = (runs: number, rounds: number): string =>
  runs < acceptedNeeded
    ? `${runs} of ${acceptedNeeded} accepted runs: reported, not judged`
    : `${rounds} of ${gateRounds} valid rounds: reported, not judged`;

const scattered = (cell: ComparedCell): string =>
  `the accepted runs scatter too much to tell ${(100 * practicalEffect(cell)).toFixed(0)} %`;

/** The ratio is bounded as the comparison of today is. */
function cutOf({ effect }: ComparedCell): Cut | undefined {
  switch (effect?.bound) {
    case 'at-least':
      return 'candidate';
    case 'at-most':
      return 'baseline';
    case 'unknown':
      return 'both';
    case undefined:
      return undefined;
  }
}
