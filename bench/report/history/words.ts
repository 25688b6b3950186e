import { formatMillis } from '../../base/units.ts';
import { range } from '../words.ts';
import type { History, HistoryCell } from './history.ts';
import { fewestBefore, type Change, type Trend } from './trend.ts';

/** `read-replicas at syd`; with the scenario where there are several. */
export function nameOf(cell: HistoryCell, { cells }: History): string {
  const name = `${cell.target} at ${cell.vantage}`;
  const several = cells.some(({ scenario }) => scenario !== cell.scenario);
  return several ? `${name} (${cell.scenario})` : name;
}

/** `5.90–6.30`, or why there is no band. */
export function bandWords({ band }: Trend): string {
  return band === undefined ? '–' : range(band);
}

/** What the trends say, a sentence each: newest values outside their bands, then shifts. */
export function sentencesOn(history: History): string[] {
  const { cells } = history;
  const outside = cells.flatMap((cell) => outsideWords(cell, history));
  const shifts = cells.flatMap((cell) =>
    cell.changes.map((change) => shiftWords(cell, change, history)),
  );
  return [...outside, ...shifts, ...(outside.length + shifts.length === 0 ? [quiet(history)] : [])];
}

function outsideWords(cell: HistoryCell, history: History): string[] {
  const { band, newest, points } = cell;
  const point = points.at(-1);
  if (band === undefined || point === undefined || (newest !== 'above' && newest !== 'below'))
    return [];
  return [
    `${nameOf(cell, history)} is ${newest} what the ${band.runs} runs before let expect: ` +
      `${formatMillis(point.centre)} ms, not ${range(band)} ms.`,
  ];
}

function shiftWords(cell: HistoryCell, { run, beforeMs, afterMs, p }: Change, history: History) {
  const percent = 100 * (afterMs / beforeMs - 1);
  const since = history.runs[run]?.manifest.runId ?? '';
  return (
    `${nameOf(cell, history)} changed from ${formatMillis(beforeMs)} to ${formatMillis(afterMs)} ms ` +
    `(${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(0)} %) with ${since} (p = ${p.toFixed(3)}).`
  );
}

function quiet({ cells, runs }: History): string {
  if (cells.some(({ band }) => band !== undefined))
    return 'No cell lies outside its band, and none has shifted.';
  const more = fewestBefore + 1 - runs.length;
  if (more <= 0)
    return `No cell has ${fewestBefore} figures before the newest, so there is no band.`;
  return `A band needs ${fewestBefore} runs before the newest: ${more} more to come.`;
}
