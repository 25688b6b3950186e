import type { Millis } from '../base/units.ts';
import type { Series } from '../samples/series.ts';
import { pairedDifference } from '../stats/paired.ts';
import { quantile, sorted } from '../stats/quantile.ts';

const differenceFrom = Math.log(1.05);
/** Thirds of a short block differ by chance too: the rounds together must be sure of it. */
const sureFrom = 0.001;
const fewestPerThird = 5;

/**
 * Whether a target still became faster while it was measured: the first third of the kept part is slower than the last
 * by more than 5 % in most rounds (measurement specification, "Validity").
 */
export function isSettling({ rounds, temperature }: Series): boolean {
  if (temperature !== 'warm') return false;
  const thirds = rounds.flatMap(({ values }) => thirdsOf(values));
  const slower = thirds.filter(({ first, last }) => first - last > differenceFrom);
  if (slower.length <= rounds.length / 2) return false;
  const difference = pairedDifference(
    thirds.map(({ last }) => last),
    thirds.map(({ first }) => first),
  );
  return (difference?.p?.greater ?? 1) < sureFrom;
}

/** The logarithms of the medians of the first and the last third. */
function thirdsOf(values: readonly Millis[]): { first: number; last: number }[] {
  const third = Math.floor(values.length / 3);
  if (third < fewestPerThird) return [];
  const median = (part: readonly Millis[]) => Math.log(quantile(sorted(part), 0.5));
  return [{ first: median(values.slice(0, third)), last: median(values.slice(-third)) }];
}
