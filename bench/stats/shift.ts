import type { Estimate } from './interval.ts';
import { mean } from './moments.ts';
import { pairedDifference } from './paired.ts';
import { quantile, type Sorted } from './quantile.ts';

/** How far one decile of `b` lies above that of `a`, in the unit of the values. */
export interface DecileShift {
  /** 0.1 to 0.9. */
  readonly level: number;
  /** The deciles themselves, means over the rounds. */
  readonly a: number;
  readonly b: number;
  /** 95 %, paired by round, each decile for itself; no interval from a single round. */
  readonly difference: Estimate;
}

const levels = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/**
 * The shift function: where along a distribution two of them differ (K. Doksum, Annals of Statistics 2, 1974), by the
 * differences of deciles. As the round is the independent unit, each round gives its own differences, and the interval is
 * that of their mean (the hierarchical shift function of G. Rousselet & R. Wilcox, Meta-Psychology 4, 2020).
 * `a` and `b` hold the same rounds in the same order, none empty; nothing without a round.
 */
export function shiftFunction(a: readonly Sorted[], b: readonly Sorted[]): DecileShift[] {
  if (a.length === 0) return [];
  return levels.flatMap((level) => {
    const [of, to] = [a, b].map((rounds) => rounds.map((round) => quantile(round, level)));
    const paired = pairedDifference(of ?? [], to ?? []);
    if (paired === undefined) return [];
    const { mean: centre, interval } = paired;
    const difference = interval === undefined ? { centre } : { centre, interval };
    return [{ level, a: mean(of ?? []), b: mean(to ?? []), difference }];
  });
}
