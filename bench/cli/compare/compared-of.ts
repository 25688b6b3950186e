import { BenchError } from '../../base/errors.ts';
import { compareSides } from '../../compare/compare-sides.ts';
import { scriptChanges } from '../../compare/script-changes.ts';
import { describeDifference, differencesOf } from '../../compare/unlike.ts';
import type { Compared } from '../../report/comparison/compared.ts';
import type { Opened } from './opened.ts';
import { leftOut, pairsOf } from './pairs.ts';

/**
 * Compares what was opened: two operands, or the targets of one. Throws a BenchError (usage) where that leaves nobody,
 * or where runs were measured under different conditions and `allowMixed` does not permit that.
 */
export function comparedOf(one: Opened, other: Opened | undefined, allowMixed: boolean): Compared {
  const pairs = pairsOf(one, other);
  const unlike =
    other === undefined
      ? []
      : [...unlikeness(one, other, allowMixed), ...scriptChanges(one.conditions, other.conditions)];
  const comparisons = pairs.map(({ baseline, candidate, pairing }) =>
    compareSides(baseline, candidate, pairing),
  );
  const lacks = new Set([...one.notes, ...(other?.notes ?? [])]);
  const doubts = [...new Set([one.doubt, other?.doubt])].flatMap((doubt) => doubt ?? []);
  return { comparisons, doubts, notes: [...unlike, ...leftOut(one, other), ...lacks] };
}

/** Unlike runs are refused, or with permission noted. */
function unlikeness(a: Opened, b: Opened, allowed: boolean): string[] {
  const differences = differencesOf(a.conditions, b.conditions).map(describeDifference);
  if (differences.length === 0) return [];
  if (allowed) return [`Measured under different conditions: ${differences.join('; ')}.`];
  throw new BenchError(
    'usage',
    `${a.path} and ${b.path} were not measured alike: ${differences.join('; ')}.`,
    'Measure one of them again, or compare them all the same with --allow-mixed.',
  );
}
