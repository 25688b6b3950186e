import type { Comparison } from '../../compare/comparison.ts';
import { plural } from '../words.ts';
import { sideLabels } from './words.ts';

/** `read-replicas against single-region (baseline), 8 rounds of <run>`. */
export function headingOf(comparison: Comparison): string {
  const [baseline, candidate] = sideLabels(comparison);
  const rounds = Math.max(0, ...comparison.cells.map((cell) => cell.rounds));
  const counted = plural(rounds, 'round');
  const how =
    comparison.pairing === 'same-rounds'
      ? `${counted} of ${comparison.baseline.runId}`
      : `${counted} of different runs, not a gate`;
  return `${candidate} against ${baseline} (baseline), ${how}`;
}
