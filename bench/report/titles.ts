import type { LatencyTable } from './tables.ts';
import { visible } from './words.ts';

/** `Median time to first byte on a warm connection: browse, step home`. */
export function tableTitle({ scenario, step, temperature }: LatencyTable): string {
  const of = step === '' ? visible(scenario) : `${visible(scenario)}, step ${visible(step)}`;
  const connection = temperature === 'warm' ? 'a warm connection' : 'a new connection';
  return `Median time to first byte on ${connection}: ${of}`;
}
