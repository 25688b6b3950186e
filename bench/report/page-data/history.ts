import type { Millis } from '../../base/units.ts';
import type { History, HistoryCell } from '../history/history.ts';
import type { ReportModel } from '../model.ts';
import { visible } from '../words.ts';
import { short } from './short.ts';

/** The headline medians of a region over many runs. */
export interface HistoryData {
  /** When they started, a day and a time each, the earliest first. */
  readonly runs: readonly string[];
  /** Of every table of the page. */
  readonly scenarios: readonly string[];
  readonly cells: readonly HistoryLine[];
}

export interface HistoryLine {
  readonly scenario: string;
  /** Indices into the page's places and targets. */
  readonly place: number;
  readonly target: number;
  /** One for every run: null, or the median and its interval. */
  readonly points: readonly (readonly [ms: Millis, low?: Millis, high?: Millis] | null)[];
  /** Where the newest was to be expected. */
  readonly band?: readonly [low: Millis, high: Millis];
  /** The first runs after a shift. */
  readonly changes: readonly number[];
}

/** Nothing where there is no other run. */
export function historyData({ history, places, targets, tables }: ReportModel): {
  history?: HistoryData;
} {
  if (history === undefined) return {};
  const data = {
    runs: history.runs.map(({ manifest }) => shortMoment(manifest.startedAtIso)),
    scenarios: tables.map(({ scenario }) => visible(scenario)),
    cells: history.cells.flatMap((cell) => {
      const place = places.findIndex(({ code }) => code === cell.vantage);
      const target = targets.indexOf(cell.target);
      // What only earlier runs had stands in the table.
      return place === -1 || target === -1 ? [] : [{ place, target, ...line(cell, history) }];
    }),
  };
  return { history: data };
}

function line(cell: HistoryCell, { runs }: History) {
  const { scenario, points, band, changes } = cell;
  return {
    scenario: visible(scenario),
    points: runs.map((_, i): HistoryLine['points'][number] => {
      const point = points[i];
      if (point === undefined) return null;
      const { centre, interval } = point;
      return interval === undefined
        ? [short(centre)]
        : [short(centre), short(interval.low), short(interval.high)];
    }),
    ...(band === undefined ? {} : { band: [short(band.low), short(band.high)] as const }),
    changes: changes.map(({ run }) => run),
  };
}

/** `11-21 12:40`. */
/** `11-21 12:40`. */
const shortMoment = (iso: string): string => `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
