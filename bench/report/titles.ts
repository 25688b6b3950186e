import type { LatencyTable } from './tables.ts';
import { visible } from './words.ts';

/** `Median time to first byte on a warm connection: browse, step home`. */
export const tableTitle = (table: LatencyTable): string => `Median ${metricOf(table)}`;

/** `p50, p95 and p99 of the time to first byte on a warm connection: browse, step home`. */
export const quantilesTitle = (table: LatencyTable): string =>
  `p50, p95 and p99 of the ${metricOf(table)}`;

function metricOf(table: LatencyTable): string {
  const connection = table.temperature === 'warm' ? 'a warm connection' : 'a new connection';
  return `time to first byte on ${connection}: ${workloadName(table)}`;
}

/** `browse, step home`. */
export function workloadName({ scenario, step }: LatencyTable): string {
  return step === '' ? visible(scenario) : `${visible(scenario)}, step ${visible(step)}`;
}
