import { csvText } from './csv-text.ts';
import type { Estimate } from '../stats/interval.ts';
import type { CellResult } from './cells.ts';
import type { ReportModel } from './model.ts';

/** The columns of `summary.csv`; these names stay, more may follow. */
const columns = [
  ...['target', 'vantage', 'scenario', 'metric', 'rounds', 'n'],
  ...['p50_ms', 'p50_lo_ms', 'p50_hi_ms'],
  ...['p95_ms', 'p95_lo_ms', 'p95_hi_ms'],
  ...['p99_ms', 'p99_lo_ms', 'p99_hi_ms'],
  ...['errors', 'excluded'],
  // Requests that were cut, and whether a quantile is therefore a lower bound: 1, else empty; an open end is empty.
  ...['cut', 'p50_at_least', 'p95_at_least', 'p99_at_least'],
];

/** `summary.csv`: a row a cell, milliseconds to a tenth of a microsecond, empty where not available. */
export function summaryCsv({ cells }: ReportModel): string {
  return csvText([columns, ...cells.map(row)]);
}

function row({ summary, ...cell }: CellResult): (string | number)[] {
  return [
    ...[cell.target, cell.vantage, cell.scenario, cell.metric, summary.rounds, summary.n],
    ...[summary.p50, summary.p95, summary.p99].flatMap(figures),
    ...[cell.errors, cell.excluded, cell.cut ?? 0],
    ...[summary.p50, summary.p95, summary.p99].map((e) => (e?.isLowerBound === true ? 1 : '')),
  ];
}

function figures(estimate: Estimate | undefined): string[] {
  const { centre, interval } = estimate ?? {};
  return [centre, interval?.low, interval?.high].map((ms) =>
    ms === undefined || ms === Infinity ? '' : ms.toFixed(4),
  );
}
