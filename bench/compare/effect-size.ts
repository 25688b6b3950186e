import type { Millis } from '../base/units.ts';
import type { Interval } from '../stats/interval.ts';
import type { MeanDifference } from '../stats/mean-difference.ts';
import type { Effect } from './comparison.ts';
import type { Hypothesis } from './hypotheses.ts';

/** How two sides' logs differ: paired, or not. */
export type Differ = (a: readonly number[], b: readonly number[]) => MeanDifference | undefined;

/** In ms and in percent. A side's value is exp(mean of its logs), as in the summaries, over the rounds that count. */
export function sizeOf(hypothesis: Hypothesis, difference: MeanDifference, differ: Differ): Effect {
  const baselineMs = geometricMean(hypothesis.baseline);
  const candidateMs = geometricMean(hypothesis.candidate);
  const { mean, interval, p, sd } = difference;
  return {
    ...{ baselineMs, candidateMs },
    ...inMillis(hypothesis, [baselineMs, candidateMs], interval, differ),
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
 * as the ratio has. So it holds the uncertainty of both sides; the ratio's interval times the baseline would hold that
 * of the candidate only. The two agree on which side of 0 they lie: a difference for sure keeps its sign, as its own
 * logarithm is what varies; any other interval holds 0.
 */
function inMillis(
  { baseline, candidate }: Hypothesis,
  [baselineMs, candidateMs]: readonly [Millis, Millis],
  ratio: Interval | undefined,
  differ: Differ,
): Pick<Effect, 'ms' | 'lowMs' | 'highMs'> {
  const ms = candidateMs - baselineMs;
  const moves = differ(
    baseline.map((log) => baselineMs * log),
    candidate.map((log) => candidateMs * log),
  );
  if (ratio === undefined || moves?.interval === undefined) return { ms };
  const arm = moves.interval.high - moves.mean;
  if (ratio.low <= 0 && ratio.high >= 0)
    return { ms, lowMs: Math.min(0, ms - arm), highMs: Math.max(0, ms + arm) };
  return { ms, lowMs: ms * Math.exp(-arm / ms), highMs: ms * Math.exp(arm / ms) };
}

const geometricMean = (logs: readonly number[]): number =>
  Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
