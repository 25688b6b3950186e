import { BenchError } from '../../base/errors.ts';
import type { Pairing } from '../../compare/comparison.ts';
import type { Side } from '../../compare/side.ts';
import type { Opened } from './opened.ts';

/** Two sides that are to be compared, and how. */
export interface Pair {
  readonly baseline: Side;
  readonly candidate: Side;
  readonly pairing: Pairing;
}

/**
 * Who is compared with whom. One run: its targets, in the same rounds; one that is named stands against all others.
 * Two runs: the same target in both, or the two that are named. Throws a BenchError (usage) if that leaves nobody.
 */
export function pairsOf(a: Opened, b: Opened | undefined): Pair[] {
  if (b === undefined) return withinOneRun(a);
  return isSameRun(a, b) ? withinRun(a, b) : acrossRuns(a, b);
}

/** A run stays the same when it is copied, or kept as a baseline. */
function isSameRun(a: Opened, b: Opened): boolean {
  const [one, other] = [a.sides[0]?.runId, b.sides[0]?.runId];
  return one !== undefined && one === other;
}

/** The targets that only one of two runs has, a sentence for each run; none if somebody chose the targets. */
export function leftOut(a: Opened, b: Opened | undefined): string[] {
  if (b === undefined || isSameRun(a, b)) return [];
  if (a.target !== undefined || b.target !== undefined) return [];
  return [only(a, b), only(b, a)].flat();
}

function only(one: Opened, other: Opened): string[] {
  const names = one.sides
    .map(({ target }) => target)
    .filter((target) => !other.sides.some((side) => side.target === target));
  return names.length === 0
    ? []
    : [`Not compared, as only ${one.path} has them: ${names.join(', ')}.`];
}

/** The first target is the baseline if none is named. */
function withinOneRun(a: Opened): Pair[] {
  const [first] = a.sides;
  if (first === undefined || a.sides.length < 2)
    throw new BenchError(
      'usage',
      `${a.path} has one target only, and a target is not compared with itself.`,
      'Name a second run: bench compare RUN OTHER_RUN',
    );
  return withinRun({ ...a, target: a.target ?? first.target }, { ...a, target: undefined });
}

function withinRun(a: Opened, b: Opened): Pair[] {
  if (a.target === undefined && b.target === undefined) throw sameTwice(a);
  const pairs = product(a, b, 'same-rounds').filter(
    ({ baseline, candidate }) => baseline.target !== candidate.target,
  );
  if (pairs.length === 0) throw sameTwice(a);
  return pairs;
}

function acrossRuns(a: Opened, b: Opened): Pair[] {
  const pairs = product(a, b, 'different-runs').filter(
    ({ baseline, candidate }) =>
      (a.target !== undefined && b.target !== undefined) || baseline.target === candidate.target,
  );
  if (pairs.length > 0) return pairs;
  throw new BenchError(
    'usage',
    `${a.path} and ${b.path} have no target in common: ${namesIn(a)}; ${namesIn(b)}.`,
    `Name both: bench compare ${a.path}:${nameIn(a)} ${b.path}:${nameIn(b)}`,
  );
}

function product(a: Opened, b: Opened, pairing: Pairing): Pair[] {
  return chosen(a).flatMap((baseline) =>
    chosen(b).map((candidate) => ({ baseline, candidate, pairing })),
  );
}

const chosen = ({ sides, target }: Opened): readonly Side[] =>
  target === undefined ? sides : sides.filter((side) => side.target === target);

const namesIn = (one: Opened): string =>
  chosen(one)
    .map((side) => side.target)
    .join(', ');
const nameIn = (one: Opened): string => chosen(one)[0]?.target ?? 'target';

function sameTwice({ path, sides }: Opened): BenchError {
  const [first, second] = sides.map(({ target }) => target);
  const fix =
    second === undefined
      ? 'Name a second run: bench compare RUN OTHER_RUN'
      : `Name two of its targets: bench compare ${path}:${first ?? ''} ${path}:${second}`;
  return new BenchError('usage', `That compares ${path} with itself.`, fix);
}
