// What a user's script gets as 'k6': the same, with groups that requests are named by and checks whose names survive.
import k6, { check as k6Check, fail, group as k6Group, randomSeed, sleep, type Checkers } from 'k6';
import { within } from './groups.ts';
import { masked } from './masked.ts';

export { fail, randomSeed, sleep };

export function group<T>(name: string, run: () => T): T {
  return k6Group(name, () => within(name, run));
}

type Tags = Readonly<Record<string, string>>;

/** k6 writes the names of checks only into a column of their own, which the rows of a run do not have. */
export function check<T>(value: T, sets: Checkers<T>, tags: Tags = {}): boolean {
  let passed = true;
  for (const [name, checker] of Object.entries(sets)) {
    const own = { ...tags, bench_check: encodeURIComponent(masked(name)) };
    if (!k6Check(value, { [name]: checker }, own)) passed = false;
  }
  return passed;
}

export default { ...k6, check, fail, group, randomSeed, sleep };
