import { csvText } from '../csv-text.ts';
import type { ComparedCell, Comparison, Effect } from '../../compare/comparison.ts';
import type { Compared } from './compared.ts';

/** These names stay, more may follow. */
const columns = [
  ...['baseline_run', 'baseline_target', 'candidate_run', 'candidate_target', 'pairing'],
  ...['scenario', 'metric', 'vantage', 'quantile', 'rounds', 'verdict', 'reason'],
  ...['baseline_ms', 'candidate_ms', 'diff_ms', 'diff_lo_ms', 'diff_hi_ms'],
  ...['diff_percent', 'diff_lo_percent', 'diff_hi_percent', 'sd', 'p_slower', 'p_faster'],
  ...['hodges_lehmann_percent', 'detectable_percent', 'informative'],
];

/** A row a cell; no vantage: the mean over them; empty where not available. */
export function csvComparison({ comparisons }: Compared): string {
  return csvText([columns, ...comparisons.flatMap(rows)]);
}

function rows(comparison: Comparison): string[][] {
  const { baseline, candidate, pairing } = comparison;
  const sides = [baseline.runId, baseline.target, candidate.runId, candidate.target, pairing];
  return comparison.cells.map((cell) => [...sides, ...cellColumns(cell)]);
}

function cellColumns({ effect, ...cell }: ComparedCell): string[] {
  const { scenario, metric, vantage, quantile, rounds, verdict, reason } = cell;
  const e: Partial<Effect> = effect ?? {};
  const ms = [e.baselineMs, e.candidateMs, e.ms, e.lowMs, e.highMs];
  const percent = [e.percent, e.lowPercent, e.highPercent];
  return [
    ...[scenario, metric, vantage ?? '', quantile, String(rounds), verdict, reason ?? ''],
    ...[...ms, ...percent].map((value) => value?.toFixed(4) ?? ''),
    ...[e.sd, e.p?.slower, e.p?.faster].map((value) => value?.toPrecision(6) ?? ''),
    ...[e.hodgesLehmannPercent, e.detectablePercent].map((value) => value?.toFixed(4) ?? ''),
    e.informative === undefined ? '' : String(e.informative),
  ];
}
