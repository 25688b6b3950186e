import type { LatencyTable } from './tables.ts';
import { visible } from './words.ts';

/** `Median time to first byte on a warm connection: browse, step home`. */
export function tableTitle(table: LatencyTable): string {
  const connection = table.temperature === 'warm' ? 'a warm connection' : 'a new connection';
  return `Median time to first byte on ${connection}: ${workloadName(table)}`;
}

/** `browse, step home`. */
export function workloadName({ scenario, step }: LatencyTable): string {
  return step === '' ? visible(scenario) : `${visible(scenario)}, step ${visible(step)}`;
}
