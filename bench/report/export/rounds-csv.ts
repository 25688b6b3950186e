import { csvText } from '../csv-text.ts';
import type { Millis } from '../../base/units.ts';
import type { ExportedRun } from './exported-run.ts';

const columns = [
  ...['run', 'started_at', 'target', 'vantage', 'scenario', 'metric', 'round', 'n'],
  ...['p50_ms', 'p95_ms', 'p99_ms'],
  // The quantiles that are lower bounds, as requests were cut: `p95 p99`.
  'at_least',
];

/** A line a round and cell: what each verdict rests on. Empty where a round has too few samples for a quantile. */
export function roundsCsv({ manifest: { runId, startedAtIso }, series }: ExportedRun): string {
  const rows = series.flatMap(({ target, vantage, scenario, metric, figures }) =>
    figures.map(({ round, n, p50, p95, p99, atLeast = [] }) => [
      ...[runId, startedAtIso, target, vantage, scenario, metric, round, n],
      ...[p50, p95, p99].map(figure),
      atLeast.join(' '),
    ]),
  );
  return csvText([columns, ...rows]);
}

/** As in `summary.csv`: to a tenth of a microsecond. */
const figure = (ms: Millis | undefined): string => ms?.toFixed(4) ?? '';
