import { compareSides } from '../compare-sides.ts';
import type { Side } from '../side.ts';
import type { RegressionCheck } from './regression.ts';
import { gateRounds } from './rounds-needed.ts';

/** Every candidate against a baseline that was measured in the same rounds; each comparison is a family of its own. */
export function sameRoundsChecks(
  sides: readonly Side[],
  baseline: string,
  candidates: readonly string[],
): RegressionCheck[] {
  const base = sides.find(({ target }) => target === baseline);
  if (base === undefined) return [];
  return sides
    .filter(({ target }) => target !== baseline && candidates.includes(target))
    .flatMap((side) =>
      compareSides(base, side, 'same-rounds').cells.map((cell) => ({
        candidate: side.target,
        cell,
        gated: cell.rounds >= gateRounds,
      })),
    );
}
