import type { Sorted } from './quantile.ts';

/** All values of several rounds from the largest down, each with its round; merged only as far as somebody asks. */
export class Descending {
  /** Values in all rounds. */
  readonly size: number;
  readonly roundSizes: readonly number[];
  private readonly rounds: readonly Sorted[];
  /** The largest value of each round that is not merged yet; −∞ where none is left. */
  private readonly heads: Float64Array;
  private readonly left: Int32Array;
  private readonly values: number[] = [];
  private readonly origins: number[] = [];

  constructor(rounds: readonly Sorted[]) {
    this.rounds = rounds;
    this.roundSizes = rounds.map((round) => round.length);
    this.size = this.roundSizes.reduce((sum, size) => sum + size, 0);
    this.left = Int32Array.from(this.roundSizes);
    this.heads = Float64Array.from(rounds, (round) => round.at(-1) ?? -Infinity);
  }

  /** The value at `rank`, counted from 0 at the largest; below `size`. */
  value(rank: number): number {
    while (this.values.length <= rank) this.merge();
    return this.values[rank] ?? NaN;
  }

  /** The round that this value is from. */
  origin(rank: number): number {
    while (this.values.length <= rank) this.merge();
    return this.origins[rank] ?? NaN;
  }

  private merge(): void {
    const { heads, left } = this;
    let top = 0;
    for (let round = 1; round < heads.length; round++)
      if ((heads[round] ?? NaN) > (heads[top] ?? NaN)) top = round;
    this.values.push(heads[top] ?? NaN);
    this.origins.push(top);
    const below = (left[top] ?? 0) - 1;
    left[top] = below;
    heads[top] = this.rounds[top]?.[below - 1] ?? -Infinity;
  }
}
