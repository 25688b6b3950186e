import { quantile, sorted } from './quantile.ts';

/** The median of values as they came, and of their first and last third where these hold enough to tell. */
export interface Thirds {
  readonly median: number;
  readonly first?: number;
  readonly last?: number;
}

const fewestPerThird = 5;

/** Whether a block settled while it was measured shows in its thirds. Throws a RangeError for no values. */
export function thirds(values: readonly number[]): Thirds {
  const of = (part: readonly number[]) => quantile(sorted(part), 0.5);
  const third = Math.floor(values.length / 3);
  const median = of(values);
  if (third < fewestPerThird) return { median };
  return { median, first: of(values.slice(0, third)), last: of(values.slice(-third)) };
}
