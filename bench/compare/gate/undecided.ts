import type { ComparedCell } from '../comparison.ts';
import { informativeWithin, practicalEffect } from '../thresholds.ts';

/**
 * Whether an inconclusive cell leaves the gate undecided: a slow-down that counts is what it measured, or one of more
 * than three times that is within its 95 % interval. Otherwise it is only too noisy to prove sameness, and hides no
 * regression that the gate is there to find; asking every cell for proof would make every gate inconclusive.
 */
export function isUndecided(cell: ComparedCell): boolean {
  if (cell.verdict !== 'inconclusive') return false;
  const { percent, highPercent } = cell.effect ?? {};
  if (percent === undefined || highPercent === undefined) return true;
  const counts = 100 * practicalEffect(cell);
  return percent >= counts || highPercent > informativeWithin * counts;
}
