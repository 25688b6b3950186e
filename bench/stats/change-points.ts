import { seededRandom, type Random } from '../base/random.ts';

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

interface Split {
  readonly index: number;
  readonly energy: number;
}

function split(values: readonly number[], at: readonly ChangePoint[]): number[][] {
  const ends = [...at.map(({ index }) => index), values.length];
  return ends.map((end, i) => values.slice(i === 0 ? 0 : ends[i - 1], end));
}

/** The best split of any segment, its index counted over all of them. */
function bestSplit(segments: readonly (readonly number[])[], fewest: number): Split | undefined {
  let [best, start]: [Split | undefined, number] = [undefined, 0];
  for (const segment of segments) {
    const { index, energy } = bestWithin(segment, fewest);
    if (energy > (best?.energy ?? -Infinity)) best = { index: start + index, energy };
    start += segment.length;
  }
  return best;
}

/**
 * The split that maximises n·m/(n + m) · (2·E|X − Y| − E|X − X′| − E|Y − Y′|), the expectations within a side over its
 * pairs. Moving one value from the right to the left changes three sums: quadratic in all.
 */
function bestWithin(values: readonly number[], fewest: number): Split {
  const count = values.length;
  let [left, between, right] = [0, 0, pairDistances(values)];
  let best: Split = { index: -1, energy: -Infinity };
  for (const [moved, value] of values.entries()) {
    const toLeft = distances(value, values, 0, moved);
    const toRight = distances(value, values, moved + 1, count);
    [left, right] = [left + toLeft, right - toRight];
    between += toRight - toLeft;
    const [n, m] = [moved + 1, count - moved - 1];
    if (n < fewest || m < fewest) continue;
    const spread = (2 * left) / (n * (n - 1)) + (2 * right) / (m * (m - 1));
    const energy = ((n * m) / (n + m)) * ((2 * between) / (n * m) - spread);
    if (energy > best.energy) best = { index: n, energy };
  }
  return best;
}

function pairDistances(values: readonly number[]): number {
  return values.reduce((sum, value, i) => sum + distances(value, values, 0, i), 0);
}

function distances(value: number, values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += Math.abs(value - (values[i] ?? NaN));
  return sum;
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
