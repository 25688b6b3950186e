import { judgedQuantiles, type Side, type SideCell } from '../side.ts';
import type { AcceptedCell, AcceptedRun, KeptRun } from './baseline.ts';

/** What the window keeps of a run. */
export function averaged({ runId, startedAtIso, sides }: KeptRun): AcceptedRun {
  return { runId, startedAtIso, cells: sides.flatMap(cellsOf) };
}

function cellsOf({ target, cells }: Side): AcceptedCell[] {
  return cells
    .filter(({ rounds }) => rounds.length > 0)
    .map((cell) => ({
      target,
      vantage: cell.vantage,
      scenario: cell.scenario,
      metric: cell.metric,
      rounds: cell.rounds.length,
      n: cell.n,
      p50: onAverage(cell, 'p50'),
      p95: onAverage(cell, 'p95'),
      ...atLeastIn(cell),
    }));
}

function onAverage({ rounds }: SideCell, quantile: 'p50' | 'p95'): number {
  const logs = rounds.map((round) => Math.log(round[quantile]));
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

function atLeastIn({ rounds }: SideCell): Pick<AcceptedCell, 'atLeast'> {
  const atLeast = judgedQuantiles.filter((q) => rounds.some((r) => r.atLeast?.includes(q)));
  return atLeast.length === 0 ? {} : { atLeast };
}
