import { holm } from '../stats/holm.ts';
import type { ComparedCell, Comparison, Pairing } from './comparison.ts';
import { hypothesesOf } from './hypotheses.ts';
import { measure, type Measured } from './measured.ts';
import { notesOn } from './notes.ts';
import type { Side } from './side.ts';
import { familyAlpha } from './thresholds.ts';
import { judge, type Rejected } from './verdict.ts';

/**
 * Compares a candidate with a baseline, cell by cell, all cells judged as one family (measurement specification,
 * "Comparison A vs B"). Pure; whatever the sides hold, it gives a comparison.
 */
export function compareSides(baseline: Side, candidate: Side, pairing: Pairing): Comparison {
  const hypotheses = hypothesesOf(baseline, candidate, pairing);
  const family = hypotheses.length;
  const measured = hypotheses.map((hypothesis) => measure(hypothesis, pairing, family));
  const rejected = rejectedOf(measured);
  return {
    pairing,
    baseline: nameOf(baseline),
    candidate: nameOf(candidate),
    family: { size: family, alpha: familyAlpha },
    cells: measured.map((one, i) => cellOf(one, rejected[i] ?? neither, family)),
    notes: notesOn(baseline, candidate, pairing),
  };
}

const nameOf = ({ runId, target }: Side) => ({ runId, target });

const neither: Rejected = { slower: false, faster: false };

/** Holm over the family, for each direction. What can't be tested counts in the family and is never rejected. */
function rejectedOf(measured: readonly Measured[]): Rejected[] {
  const of = (direction: 'slower' | 'faster') =>
    holm(
      measured.map(({ effect }) => effect?.p?.[direction] ?? NaN),
      familyAlpha,
    );
  const [slower, faster] = [of('slower'), of('faster')];
  return measured.map((_, i) => ({ slower: slower[i] ?? false, faster: faster[i] ?? false }));
}

function cellOf(measured: Measured, rejected: Rejected, family: number): ComparedCell {
  const { vantage, scenario, metric, quantile } = measured.hypothesis;
  const { rounds, effect } = measured;
  return {
    ...{ vantage, scenario, metric, quantile, rounds },
    ...judge(measured, rejected, family),
    ...(effect === undefined ? {} : { effect }),
  };
}
