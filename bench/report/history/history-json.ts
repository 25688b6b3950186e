import { visibleJson } from '../../base/visible.ts';
import type { History, HistoryCell, Point } from './history.ts';
import { bandLevel } from './trend.ts';

/** The history as JSON, schema 1. A point is null where a run lacks the cell. */
export function historyJson({ quantile, runs, cells, notes }: History): string {
  const ids = runs.map(({ manifest }) => manifest.runId);
  const json = {
    schema: 1,
    ...{ quantile, bandLevel },
    runs: runs.map(({ dir, manifest: { runId, startedAtIso } }) => ({ runId, startedAtIso, dir })),
    cells: cells.map((cell) => cellJson(cell, ids)),
    notes,
  };
  return `${visibleJson(json, 2)}\n`;
}

function cellJson(cell: HistoryCell, ids: readonly string[]) {
  const { target, vantage, scenario, metric, points, band, newest, changes } = cell;
  return {
    ...{ target, vantage, scenario, metric, newest },
    points: points.map((point) => (point === undefined ? null : pointJson(point))),
    ...(band === undefined
      ? {}
      : { band: { lowMs: band.low, highMs: band.high, runs: band.runs } }),
    changes: changes.map(({ run, ...change }) => ({ runId: ids[run], ...change })),
  };
}

function pointJson({ centre, interval, rounds, n }: Point) {
  return { ms: centre, lowMs: interval?.low, highMs: interval?.high, rounds, n };
}
