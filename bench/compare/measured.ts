import type { Millis } from '../base/units.ts';
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
  const differ = pairing === 'same-rounds' ? pairedDifference : welchDifference;
  const difference = differ(baseline, candidate);
  if (difference === undefined) return { hypothesis, rounds };
  const effect = {
    ...sizeOf(hypothesis, difference, differ),
    ...(pairing === 'same-rounds' ? companion(hypothesis) : {}),
    ...(difference.p === undefined ? {} : powerOf(hypothesis, difference, family)),
  };
  return isFinite(effect) ? { hypothesis, rounds, difference, effect } : { hypothesis, rounds };
}

/** Values at the ends of what a number can hold have ratios beyond them. */
function isFinite(effect: Effect): boolean {
  return Object.values(effect).every(
    (value) => typeof value !== 'number' || Number.isFinite(value),
  );
}

type Differ = (a: readonly number[], b: readonly number[]) => MeanDifference | undefined;

/** In ms and in percent. A side's value is exp(mean of its logs), as in the summaries, over the rounds that count. */
function sizeOf(hypothesis: Hypothesis, difference: MeanDifference, differ: Differ): Effect {
  const baselineMs = geometricMean(hypothesis.baseline);
  const candidateMs = geometricMean(hypothesis.candidate);
  const { mean, interval, p, sd } = difference;
  return {
    ...{ baselineMs, candidateMs, ...inMillis(hypothesis, baselineMs, candidateMs, differ) },
    percent: 100 * Math.expm1(mean),
    ...(interval === undefined
      ? {}
      : {
          lowPercent: 100 * Math.expm1(interval.low),
          highPercent: 100 * Math.expm1(interval.high),
        }),
    ...(Number.isFinite(sd) ? { sd } : {}),
    ...(p === undefined ? {} : { p: { slower: p.greater, faster: p.less } }),
  };
}

/**
 * The interval by the delta method: e^b − e^a moves with the logs a and b as e^b·b − e^a·a does, which has a t interval
 * as the ratio has. It holds the uncertainty of both sides; the ratio's interval times the baseline would hold that of
 * the candidate only.
 */
function inMillis(
  { baseline, candidate }: Hypothesis,
  baselineMs: Millis,
  candidateMs: Millis,
  differ: Differ,
): Pick<Effect, 'ms' | 'lowMs' | 'highMs'> {
  const ms = candidateMs - baselineMs;
  const moves = differ(
    baseline.map((log) => baselineMs * log),
    candidate.map((log) => candidateMs * log),
  );
  if (moves?.interval === undefined) return { ms };
  const arm = moves.interval.high - moves.mean;
  return { ms, lowMs: ms - arm, highMs: ms + arm };
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
