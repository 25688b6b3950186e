import type { ComparedCell, Comparison } from '../../compare/comparison.ts';
import { visible } from '../words.ts';

/** The cells of one scenario and metric. */
export interface ComparedWorkload {
  readonly scenario: string;
  readonly metric: string;
  readonly cells: readonly ComparedCell[];
}

/** The cells of a comparison by what was asked for, in their order. */
export function workloadsOf({ cells }: Comparison): ComparedWorkload[] {
  const workloads = new Map<string, { scenario: string; metric: string; cells: ComparedCell[] }>();
  for (const cell of cells) {
    const { scenario, metric } = cell;
    const key = `${scenario}\n${metric}`;
    const workload = workloads.get(key) ?? { scenario, metric, cells: [] };
    workload.cells.push(cell);
    workloads.set(key, workload);
  }
  return [...workloads.values()];
}

/** `search`; `browse, step home`. */
export function workloadName({ scenario, metric }: ComparedWorkload): string {
  const step = metric.split('/').slice(1).join('/');
  return visible(step === '' ? scenario : `${scenario}, step ${step}`);
}

/** `search: time to first byte on a warm connection`. */
export function workloadTitle(workload: ComparedWorkload): string {
  const connection = workload.metric.startsWith('ttfb_cold')
    ? 'a new connection'
    : 'a warm connection';
  return `${workloadName(workload)}: time to first byte on ${connection}`;
}
