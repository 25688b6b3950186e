import type { RegionCode } from '../../world/regions.ts';
import { prices } from './prices.ts';

/** Processors and memory of a machine. */
export interface GuestSize {
  readonly kind: 'shared' | 'performance';
  readonly cpus: number;
  readonly memoryMb: number;
}

/** What a preset is, with the memory that it comes with. Throws an Error for a text that is none. */
export function presetSize(preset: string): GuestSize {
  const [, kind, count] =
    /^(shared(?=-cpu-)|performance(?=-\d))(?:-cpu)?-(\d+)x$/.exec(preset) ?? [];
  const cpus = Number(count);
  if ((kind !== 'shared' && kind !== 'performance') || !(cpus > 0))
    throw new Error(`not a preset of machines: ${preset}`);
  return { kind, cpus, memoryMb: prices.includedMb[kind] * cpus };
}

/** US dollars for an hour of such a machine while it is started; a region that is not in the table is the dearest. */
export function machineHourUsd({ kind, cpus, memoryMb }: GuestSize, region: RegionCode): number {
  const moreGb = Math.max(0, memoryMb - cpus * prices.includedMb[kind]) / 1024;
  const second = cpus * prices.processorSecond[kind] + moreGb * prices.memoryGbSecond;
  return 3600 * second * (prices.markup.get(region) ?? Math.max(...prices.markup.values()));
}
