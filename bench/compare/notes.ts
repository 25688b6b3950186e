import type { Pairing } from './comparison.ts';
import { isSameCell } from './hypotheses.ts';
import type { Side, SideCell } from './side.ts';
import { fewestForP95 } from './thresholds.ts';

/** What a reader of the comparison must know beside the figures, a sentence each. */
export function notesOn(baseline: Side, candidate: Side, pairing: Pairing): string[] {
  return [
    ...(pairing === 'different-runs' ? [differentRuns] : []),
    ...unmatched(baseline, candidate),
    ...unmatched(candidate, baseline),
    ...withoutP95(baseline, candidate),
  ];
}

/** Measured for the specification: simulated 5 % wobble between days. */
const differentRuns =
  'Different runs, not a gate: what changes from day to day is not in these intervals. ' +
  'A wobble of 5 % between days gives 27 % false alarms.';

function unmatched(side: Side, other: Side): string[] {
  const lost = side.cells.filter(
    (cell) =>
      cell.rounds.length > 0 &&
      !other.cells.some((o) => isSameCell(o, cell) && o.rounds.length > 0),
  );
  return lost.length === 0
    ? []
    : [`Not compared, as only ${nameIn(side, other)} has them: ${placesOf(lost)}.`];
}

function nameIn(side: Side, other: Side): string {
  return side.target === other.target ? `the run ${side.runId}` : side.target;
}

function withoutP95(baseline: Side, candidate: Side): string[] {
  const few = baseline.cells.filter((cell) => {
    const other = candidate.cells.find((o) => isSameCell(o, cell));
    if (other === undefined || cell.rounds.length === 0 || other.rounds.length === 0) return false;
    return Math.min(cell.n, other.n) < fewestForP95;
  });
  return few.length === 0
    ? []
    : [`p95 is not judged for fewer than ${fewestForP95} requests: ${placesOf(few)}.`];
}

/** `ord and syd (search)`. */
function placesOf(cells: readonly SideCell[]): string {
  const groups = new Map<string, string[]>();
  for (const { vantage, scenario, metric } of cells) {
    const [, step] = metric.split('/');
    const key = step === undefined ? scenario : `${scenario}, step ${step}`;
    groups.set(key, [...(groups.get(key) ?? []), vantage]);
  }
  return [...groups].map(([key, vantages]) => `${vantages.join(', ')} (${key})`).join('; ');
}
