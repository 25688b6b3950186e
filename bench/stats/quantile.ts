declare const order: unique symbol;

/** Numbers in ascending order, none of them NaN; made by {@link sorted} only. */
export type Sorted = Float64Array & { readonly [order]: 'ascending' };

/** A sorted copy. Throws a RangeError on NaN, which has no place in an order. */
export function sorted(values: ArrayLike<number>): Sorted {
  const copy = new Float64Array(values).sort();
  // The sort of typed arrays puts NaN last.
  if (Number.isNaN(copy.at(-1))) throw new RangeError('NaN has no place in an order');
  return copy as Sorted;
}

/**
 * The quantile of type 7 (Hyndman & Fan, The American Statistician 50, 1996): linear between the order statistics
 * around (n − 1)·p, as R, NumPy and spreadsheets do. Throws a RangeError for no values, or p outside [0, 1].
 */
export function quantile(values: Sorted, p: number): number {
  if (values.length === 0) throw new RangeError('no values');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p is ${p}; it lies in [0, 1]`);
  const position = (values.length - 1) * p;
  const below = Math.floor(position);
  const low = values[below] ?? NaN;
  const high = values[below + 1] ?? low;
  return low + (position - below) * (high - low);
}

/**
 * Whether the quantile of type 7 is a lower bound only, where values from `cutFrom` on are: right-censored at any
 * time, but none below it. Up to there the order is that of the whole values, and what is there is exact.
 */
export function isAtLeast(values: Sorted, p: number, cutFrom: number): boolean {
  // The upper one of the order statistics that it lies between.
  const upper = values[Math.ceil((values.length - 1) * p)] ?? NaN;
  return upper >= cutFrom;
}
