import type { Sorted } from './quantile.ts';

/** All values of several rounds from the largest down, each with the round it is from. */
export class Descending {
  readonly roundSizes: readonly number[];
  readonly values: Float64Array;
  readonly origins: Uint32Array;
  /** How many of the largest k·`stride` values each round has, at [k·rounds, (k + 1)·rounds). */
  private readonly marks: Uint32Array;

  constructor(rounds: readonly Sorted[]) {
    this.roundSizes = rounds.map((round) => round.length);
    const size = this.roundSizes.reduce((sum, length) => sum + length, 0);
    this.values = new Float64Array(size);
    this.origins = new Uint32Array(size);
    this.marks = new Uint32Array((Math.floor(size / stride) + 1) * rounds.length);
    merge(rounds, this);
    this.count();
  }

  /**
   * Where to begin looking for the value at `rank` (from 0 at the largest) of the pool in which each round stands as
   * often as its weight says: after `at` values, which weigh `passed`, less than `rank` or nothing.
   */
  before(rank: number, weights: ArrayLike<number>, first = 0): { at: number; passed: number } {
    let low = 0;
    let passed = 0;
    for (let high = this.marks.length / this.roundSizes.length - 1; low < high;) {
      const middle = (low + high + 1) >> 1;
      const above = this.weightAbove(middle, weights, first);
      if (above < rank) [low, passed] = [middle, above];
      else high = middle - 1;
    }
    return { at: low * stride, passed };
  }

  /** The weight of all values. */
  weigh(weights: ArrayLike<number>, first = 0): number {
    let weight = 0;
    for (let round = 0; round < this.roundSizes.length; round++)
      weight += (weights[first + round] ?? NaN) * (this.roundSizes[round] ?? NaN);
    return weight;
  }

  private weightAbove(mark: number, weights: ArrayLike<number>, first: number): number {
    const rounds = this.roundSizes.length;
    let weight = 0;
    for (let round = 0; round < rounds; round++)
      weight += (weights[first + round] ?? NaN) * (this.marks[mark * rounds + round] ?? NaN);
    return weight;
  }

  private count(): void {
    const rounds = this.roundSizes.length;
    const counts = new Uint32Array(rounds);
    for (let k = 1; k * stride <= this.values.length; k++) {
      for (let i = (k - 1) * stride; i < k * stride; i++) {
        const round = this.origins[i] ?? NaN;
        counts[round] = (counts[round] ?? NaN) + 1;
      }
      this.marks.set(counts, k * rounds);
    }
  }
}

const stride = 64;

/** Takes the largest value that any round has left, until none is. */
function merge(rounds: readonly Sorted[], into: Pick<Descending, 'values' | 'origins'>): void {
  const left = Int32Array.from(rounds, (round) => round.length);
  const heads = Float64Array.from(rounds, (round) => round.at(-1) ?? -Infinity);
  for (let i = 0; i < into.values.length; i++) {
    let top = 0;
    for (let round = 1; round < heads.length; round++)
      if ((heads[round] ?? NaN) > (heads[top] ?? NaN)) top = round;
    into.values[i] = heads[top] ?? NaN;
    into.origins[i] = top;
    const below = (left[top] ?? 0) - 1;
    left[top] = below;
    heads[top] = rounds[top]?.[below - 1] ?? -Infinity;
  }
}
