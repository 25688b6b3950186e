import type { Series } from '../samples/series.ts';
import { pairedDifference } from '../stats/paired.ts';
import { thirds } from '../stats/thirds.ts';

const differenceFrom = Math.log(1.05);
/** Thirds of a short block differ by chance too: the rounds together must be sure of it. */
const sureFrom = 0.001;

/**
 * Whether a target still became faster while it was measured: the first third of the kept part is slower than the last
 * by more than 5 % in most rounds (measurement specification, "Validity").
 */
export function isSettling({ rounds, temperature }: Series): boolean {
  if (temperature !== 'warm') return false;
  const ends = rounds.flatMap(({ values }) => endsOf(values));
  const slower = ends.filter(({ first, last }) => first - last > differenceFrom);
  if (slower.length <= rounds.length / 2) return false;
  const difference = pairedDifference(
    ends.map(({ last }) => last),
    ends.map(({ first }) => first),
  );
  return (difference?.p?.greater ?? 1) < sureFrom;
}

/** The logarithms of the medians of the first and the last third. */
function endsOf(values: readonly number[]): { first: number; last: number }[] {
  if (values.length === 0) return [];
  const { first, last } = thirds(values);
  if (first === undefined || last === undefined) return [];
  return [{ first: Math.log(first), last: Math.log(last) }];
}
