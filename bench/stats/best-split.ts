/** Where a sequence is best cut in two, and how far apart the sides are. */
export interface Split {
  /** The first value of the right side; -1 where there are too few values. */
  readonly index: number;
  readonly energy: number;
}

/**
 * The split that maximises n·m/(n + m) · (2·E|X − Y| − E|X − X′| − E|Y − Y′|), the expectations within a side over its
 * pairs of different values (U-statistics, as in Matteson & James; the energy statistics of Székely & Rizzo count each
 * value against itself too, and are larger). Moving one value from the right to the left changes three sums: quadratic
 * in all. No side has fewer than `fewest` values.
 */
export function bestSplitOf(values: readonly number[], fewest: number): Split {
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
    const energy = splitEnergy({ left, between, right, n, m });
    if (energy > best.energy) best = { index: n, energy };
  }
  return best;
}

/** The same from the sums of distances over the pairs within the left side, between the sides, within the right one. */
export function splitEnergy({ left, between, right, n, m }: Sums): number {
  const spread = (2 * left) / (n * (n - 1)) + (2 * right) / (m * (m - 1));
  return ((n * m) / (n + m)) * ((2 * between) / (n * m) - spread);
}

interface Sums {
  readonly left: number;
  readonly between: number;
  readonly right: number;
  /** Values on the left, and on the right. */
  readonly n: number;
  readonly m: number;
}

/** The sum of the distances between all pairs. */
export function pairDistances(values: readonly number[]): number {
  return values.reduce((sum, value, i) => sum + distances(value, values, 0, i), 0);
}

function distances(value: number, values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += Math.abs(value - (values[i] ?? NaN));
  return sum;
}
