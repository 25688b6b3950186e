import { randomInt } from 'node:crypto';

/** Ids from `first` on, `count` of them. */
export interface IdRange {
  readonly first: number;
  readonly count: number;
}

/**
 * Where nobody hands out ids, best first: above those of directory services (SSSD's end at 2,000,200,000) and below
 * what systemd keeps for foreign images; else, in a container that has only the small ones, among systemd's dynamic
 * users; else any above the accounts of people.
 */
const preferred: readonly IdRange[] = [
  { first: 2_100_000_000, count: 47_000_000 },
  { first: 61_184, count: 4_336 },
  { first: 30_000, count: 30_000 },
];

/** How many ids of a range are looked at before the next range has its turn. */
const looks = 100;

/**
 * A random id that every map has (a container knows only some), that is in none of the ranges that were `given` to
 * containers of others, and that is not taken; undefined if there is none.
 */
export function chooseId(
  maps: readonly (readonly IdRange[])[],
  given: readonly IdRange[],
  taken: ReadonlySet<number>,
  random: (below: number) => number = (below) => randomInt(below),
): number | undefined {
  for (const range of preferred.flatMap((each) => common(each, maps))) {
    for (let n = 0; n < looks; n++) {
      const id = range.first + random(range.count);
      if (!taken.has(id) && !given.some((each) => contains(each, id))) return id;
    }
  }
  return undefined;
}

/** The parts of a range that all maps have. */
function common(range: IdRange, maps: readonly (readonly IdRange[])[]): IdRange[] {
  return maps.reduce<IdRange[]>(
    (parts, map) => parts.flatMap((part) => map.flatMap((each) => overlap(part, each))),
    [range],
  );
}

function overlap(a: IdRange, b: IdRange): IdRange[] {
  const first = Math.max(a.first, b.first);
  const end = Math.min(a.first + a.count, b.first + b.count);
  return end > first ? [{ first, count: end - first }] : [];
}

const contains = ({ first, count }: IdRange, id: number): boolean =>
  id >= first && id < first + count;
