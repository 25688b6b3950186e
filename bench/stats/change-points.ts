import { seededRandom, type Random } from '../base/random.ts';
import { bestSplitOf, type Split } from './best-split.ts';

/** A place where a sequence changes for good. */
export interface ChangePoint {
  /** The first value after the change, counted from 0. */
  readonly index: number;
  /** Of the permutation test; never 0, as the order itself is one of the permutations. */
  readonly p: number;
}

interface Options {
  /** Stop at the first split with a larger p; 0.05 unless told. */
  readonly alpha?: number;
  /** The fewest values between two changes; 3 unless told. */
  readonly fewest?: number;
  readonly permutations?: number;
  readonly seed?: number;
}

/**
 * Where a history shifts: E-divisive (Matteson & James, Journal of the American Statistical Association 109, 2014)
 * for one dimension and α = 1. The split with the largest energy distance is kept if few permutations of the values
 * within the segments reach it, and so on within the parts. Reproducible: the permutations are seeded. In order of
 * position; none for values that are not finite.
 */
export function changePoints(
  values: readonly number[],
  { alpha = 0.05, fewest = 3, permutations = 199, seed = 1 }: Options = {},
): ChangePoint[] {
  if (!values.every(Number.isFinite)) return [];
  const random = seededRandom(seed);
  const found: ChangePoint[] = [];
  for (;;) {
    const segments = split(values, found);
    const best = bestSplit(segments, fewest);
    if (best === undefined || !(best.energy > 0)) break;
    const p = permutationP(segments, { best: best.energy, fewest, permutations, random });
    if (p > alpha) break;
    found.push({ index: best.index, p });
    found.sort((a, b) => a.index - b.index);
  }
  return found;
}

function split(values: readonly number[], at: readonly ChangePoint[]): number[][] {
  const ends = [...at.map(({ index }) => index), values.length];
  return ends.map((end, i) => values.slice(i === 0 ? 0 : ends[i - 1], end));
}

/** The best split of any segment, its index counted over all of them. */
function bestSplit(segments: readonly (readonly number[])[], fewest: number): Split | undefined {
  let [best, start]: [Split | undefined, number] = [undefined, 0];
  for (const segment of segments) {
    const { index, energy } = bestSplitOf(segment, fewest);
    if (energy > (best?.energy ?? -Infinity)) best = { index: start + index, energy };
    start += segment.length;
  }
  return best;
}

function permutationP(
  segments: readonly (readonly number[])[],
  test: { best: number; fewest: number; permutations: number; random: Random },
): number {
  let reached = 1;
  for (let i = 0; i < test.permutations; i++) {
    const shuffled = segments.map((segment) => test.random.shuffle(segment));
    if ((bestSplit(shuffled, test.fewest)?.energy ?? -Infinity) >= test.best) reached++;
  }
  return reached / (test.permutations + 1);
}
