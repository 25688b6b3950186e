import { hodgesLehmann } from '../stats/hodges-lehmann.ts';
import { detectableEffect } from '../stats/detectable.ts';
import type { MeanDifference } from '../stats/mean-difference.ts';
import { pairedDifference } from '../stats/paired.ts';
import { welchDifference } from '../stats/unpaired.ts';
import type { Effect, Pairing } from './comparison.ts';
import { sizeOf } from './effect-size.ts';
import type { Cut, Hypothesis } from './hypotheses.ts';
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
  const effect = boundedBy(hypothesis.cut, {
    ...sizeOf(hypothesis, difference, differ),
    ...(pairing === 'same-rounds' ? companion(hypothesis) : {}),
    ...(difference.p === undefined ? {} : powerOf(hypothesis, difference, family)),
  });
  return isFinite(effect) ? { hypothesis, rounds, difference, effect } : { hypothesis, rounds };
}

/** The end of the interval on whose side the whole values lie is open. */
function boundedBy(cut: Cut | undefined, effect: Effect): Effect {
  if (cut === undefined) return effect;
  const { lowMs, lowPercent, highMs, highPercent, ...known } = effect;
  if (cut === 'candidate')
    return {
      ...known,
      ...(lowMs === undefined ? {} : { lowMs }),
      ...(lowPercent === undefined ? {} : { lowPercent }),
      bound: 'at-least',
    };
  if (cut === 'baseline')
    return {
      ...known,
      ...(highMs === undefined ? {} : { highMs }),
      ...(highPercent === undefined ? {} : { highPercent }),
      bound: 'at-most',
    };
  return { ...known, bound: 'unknown' };
}

/** Values at the ends of what a number can hold have ratios beyond them. */
function isFinite(effect: Effect): boolean {
  return Object.values(effect).every(
    (value) => typeof value !== 'number' || Number.isFinite(value),
  );
}

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
