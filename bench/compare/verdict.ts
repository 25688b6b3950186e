import { formatMillis } from '../base/units.ts';
import { mostRounds, roundsNeeded } from '../stats/detectable.ts';
import { isEquivalent } from '../stats/equivalence.ts';
import type { MeanDifference } from '../stats/mean-difference.ts';
import type { Effect, Verdict } from './comparison.ts';
import type { Cut } from './hypotheses.ts';
import type { Measured } from './measured.ts';
import { familyAlpha, fewestRounds, floorMs, practicalEffect } from './thresholds.ts';

/** Whether Holm's procedure over the family rejects "is not slower" and "is not faster". */
export interface Rejected {
  readonly slower: boolean;
  readonly faster: boolean;
}

/** A verdict, and why it is no more than that. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: string;
}

/**
 * Judges one hypothesis of a family of `family` (measurement specification, "Comparison A vs B"). Only finite values
 * above 0, of enough rounds and with some spread between them, get another verdict than `inconclusive`.
 */
export function judge(
  { hypothesis, rounds, difference, effect }: Measured,
  rejected: Rejected,
  family: number,
): Judgement {
  if (rounds < fewestRounds) return inconclusive(tooFew(rounds));
  if (difference === undefined || effect === undefined)
    return inconclusive('a round has a latency that is no number above 0');
  if (difference.p === undefined)
    return inconclusive('every round differs by exactly the same, which no measurement does');
  const bound = practicalEffect(hypothesis);
  const direction = directionOf(difference, rejected, bound);
  const floor = floorMs(hypothesis);
  if (hypothesis.cut !== undefined) return ofBounds(hypothesis.cut, direction, effect, floor);
  if (direction !== undefined && Math.abs(effect.ms) >= floor) return { verdict: direction };
  if (direction !== undefined)
    return { verdict: 'no-difference', reason: belowFloor(effect, floor) };
  if (isEquivalent(difference, Math.log1p(bound))) return { verdict: 'no-difference' };
  return inconclusive(whatIsMissing(difference, rejected, bound, family));
}

/** Requests of a side were cut: it is slower than its values say, which can support one verdict only. */
function ofBounds(
  cut: Cut,
  direction: 'slower' | 'faster' | undefined,
  { ms }: Effect,
  floor: number,
): Judgement {
  const supported = { baseline: 'faster', candidate: 'slower', both: undefined } as const;
  if (direction !== undefined && direction === supported[cut] && Math.abs(ms) >= floor)
    return { verdict: direction, reason: 'at least by that: requests of the slower side were cut' };
  const whose = { baseline: 'the baseline', candidate: 'the candidate', both: 'both sides' }[cut];
  return inconclusive(`requests of ${whose} were cut: their times are known from below only`);
}

const inconclusive = (reason: string): Judgement => ({ verdict: 'inconclusive', reason });

/** Significant, and large enough to count. */
function directionOf(
  { mean }: MeanDifference,
  rejected: Rejected,
  bound: number,
): 'slower' | 'faster' | undefined {
  if (rejected.slower && mean >= Math.log1p(bound)) return 'slower';
  if (rejected.faster && mean <= -Math.log1p(bound)) return 'faster';
  return undefined;
}

function tooFew(rounds: number): string {
  const valid = rounds === 1 ? '1 round counts' : `${rounds === 0 ? 'no' : rounds} rounds count`;
  return `${valid} on both sides, ${fewestRounds} are needed`;
}

const belowFloor = ({ ms }: Effect, floor: number): string =>
  `${formatMillis(Math.abs(ms))} ms is less than the ${floor} ms that the instrument can tell`;

function whatIsMissing(
  { sd, n, mean }: MeanDifference,
  rejected: Rejected,
  bound: number,
  family: number,
): string {
  const counts = `${(100 * bound).toFixed(0)} %`;
  if (rejected.slower || rejected.faster)
    return `${mean > 0 ? 'slower' : 'faster'}, but perhaps by less than the ${counts} that count`;
  const needed = roundsNeeded({ sd, family, effect: bound, alpha: familyAlpha });
  if (needed >= mostRounds) return `too much noise between rounds to tell ${counts}`;
  if (needed <= n) return `too close to the ${counts} that count`;
  const more = needed - n;
  return `needs about ${more} more round${more === 1 ? '' : 's'}`;
}
