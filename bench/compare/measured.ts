import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { detectableEffect } from '../stats/detectable.ts';
import type { MeanDifference } from '../stats/mean-difference.ts';
import { pairedDifference } from '../stats/paired.ts';
import { welchDifference } from '../stats/unpaired.ts';
import type { Effect, Pairing } from './comparison.ts';
import type { Hypothesis } from './hypotheses.ts';
import { familyAlpha, informativeWithin, practicalEffect } from './thresholds.ts';

/** A hypothesis with what the rounds say of it; judged later, together with its family. */
export interface Measured {
  readonly hypothesis: Hypothesis;
  /** Rounds that count: pairs, or those of the smaller side. */
  readonly rounds: number;
  /** Of the logs; absent, as is the effect, where nothing can be computed. */
  readonly difference?: MeanDifference;
  readonly effect?: Effect;
}

/** Measures the difference, and how small a one the `family` hypotheses together could have shown. */
export function measure(hypothesis: Hypothesis, pairing: Pairing, family: number): Measured {
  const { baseline, candidate } = hypothesis;
  const rounds = Math.min(baseline.length, candidate.length);
  const difference =
    pairing === 'same-rounds'
      ? pairedDifference(baseline, candidate)
      : welchDifference(baseline, candidate);
  if (difference === undefined) return { hypothesis, rounds };
  const effect = {
    ...sizeOf(hypothesis, difference),
    ...(pairing === 'same-rounds' ? companion(hypothesis) : {}),
    ...(difference.p === undefined ? {} : powerOf(hypothesis, difference, family)),
  };
  return isFinite(effect) ? { hypothesis, rounds, difference, effect } : { hypothesis, rounds };
}

/** Values at the ends of what a number can hold have ratios beyond them. */
function isFinite({ p, informative, ...numbers }: Effect): boolean {
  return Object.values(numbers).every(Number.isFinite);
}

/**
 * In ms and in percent. The side's value is exp(mean of the logs), as in the summaries, over the rounds that count;
 * the interval in ms is that of the ratio, times the baseline's value: it holds the difference if the baseline were
 * known for sure, so both intervals say the same.
 */
function sizeOf({ baseline, candidate }: Hypothesis, difference: MeanDifference): Effect {
  const [baselineMs, candidateMs] = [geometricMean(baseline), geometricMean(candidate)];
  const { mean, interval, p, sd } = difference;
  return {
    ...{ baselineMs, candidateMs, ms: candidateMs - baselineMs, percent: 100 * Math.expm1(mean) },
    ...(Number.isFinite(sd) ? { sd } : {}),
    ...(interval === undefined
      ? {}
      : {
          lowMs: baselineMs * Math.expm1(interval.low),
          highMs: baselineMs * Math.expm1(interval.high),
          lowPercent: 100 * Math.expm1(interval.low),
          highPercent: 100 * Math.expm1(interval.high),
        }),
    ...(p === undefined ? {} : { p: { slower: p.greater, faster: p.less } }),
  };
}

const geometricMean = (logs: readonly number[]): number =>
  Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);

function companion({ baseline, candidate }: Hypothesis): Partial<Effect> {
  const pseudomedian = hodgesLehmann(candidate.map((log, i) => log - (baseline[i] ?? NaN)));
  return pseudomedian === undefined ? {} : { hodgesLehmannPercent: 100 * Math.expm1(pseudomedian) };
}

function powerOf(
  hypothesis: Hypothesis,
  { sd, n: rounds }: MeanDifference,
  family: number,
): Partial<Effect> {
  const detectable = detectableEffect({ sd, rounds, family, alpha: familyAlpha });
  return {
    detectablePercent: 100 * detectable,
    informative: detectable <= informativeWithin * practicalEffect(hypothesis),
  };
}
