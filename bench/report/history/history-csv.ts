import { csvText } from '../csv-text.ts';
import type { Millis } from '../../base/units.ts';
import type { History } from './history.ts';

const columns = [
  ...['run', 'started_at', 'target', 'vantage', 'scenario', 'metric', 'quantile'],
  ...['rounds', 'n', 'ms', 'lo_ms', 'hi_ms', 'changed'],
];

/** A line a run and cell; `changed` is 1 where a shift begins. Runs that lack the cell have no line. */
export function historyCsv({ quantile, runs, cells }: History): string {
  const rows = cells.flatMap(({ target, vantage, scenario, metric, points, changes }) =>
    runs.flatMap(({ manifest }, i) => {
      const point = points[i];
      if (point === undefined) return [];
      const { rounds, n, centre, interval } = point;
      return [
        [
          ...[manifest.runId, manifest.startedAtIso, target, vantage, scenario, metric, quantile],
          ...[rounds, n, ...[centre, interval?.low, interval?.high].map(figure)],
          changes.some(({ run }) => run === i) ? 1 : 0,
        ],
      ];
    }),
  );
  return csvText([columns, ...rows]);
}

/** As in `summary.csv`: to a tenth of a microsecond. */
const figure = (ms: Millis | undefined): string => ms?.toFixed(4) ?? '';
