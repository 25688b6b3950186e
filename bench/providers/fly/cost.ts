import type { Seconds } from '../../base/units.ts';
import { regions, type RegionCode } from '../../world/regions.ts';
import { machineHourUsd, presetSize } from './machine-price.ts';
import type { MachineConfig } from './machines-api.ts';
import { prices } from './prices.ts';

export interface Rented {
  /** Of each machine. */
  readonly regions: readonly RegionCode[];
  /** `performance-2x`. */
  readonly size: string;
  /** From the agreed start to the last request. */
  readonly measuring: Seconds;
  /** Of all machines together. */
  readonly requests: number;
}

/** US dollars. */
export interface CostEstimate {
  readonly machinesUsd: number;
  readonly egressUsd: number;
  readonly totalUsd: number;
  /** Billed time of each machine. */
  readonly machineTime: Seconds;
}

/** From a machine's start to the agreed one: booting, comparing clocks, waiting for the slowest of them all. */
const before: Seconds = 90;
/** Until its results are home and it is destroyed. */
const after: Seconds = 120;
/** Rows as they travel: packed, in base64. */
const bytesPerRow = 40;
/** A request as the target sees it leave the machine, headers and TLS included. */
const bytesPerRequest = 1500;

/** What the k6 Machines of a run will cost, rather too much than too little. The targets' own bills are not in it. */
export function estimateCost({ regions, size, measuring, requests }: Rented): CostEstimate {
  const machineTime = before + measuring + after;
  const guest = presetSize(size);
  const machinesUsd = regions.reduce(
    (sum, region) => sum + (machineHourUsd(guest, region) * machineTime) / 3600,
    0,
  );
  const gbEach = (requests / Math.max(1, regions.length)) * ((bytesPerRow + bytesPerRequest) / 1e9);
  const egressUsd = regions.reduce((sum, region) => sum + gbEach * egressPrice(region), 0);
  return { machinesUsd, egressUsd, totalUsd: machinesUsd + egressUsd, machineTime };
}

/** The machine of a preset: `performance-2x` has two processors and 4 GB. */
export function guestOf(size: string): MachineConfig['guest'] {
  const { kind, cpus, memoryMb } = presetSize(size);
  if (kind !== 'performance') throw new Error(`not a performance preset: ${size}`);
  return { cpu_kind: kind, cpus, memory_mb: memoryMb };
}

/** For people, rounded up, as an estimate must never be too low: `$0.07`, `less than $0.01`. */
export function formatUsd(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'less than $0.01' : `$${wholeCents(usd)}`;
}

/** Rounded up, but for what is an error of floating point. */
export const wholeCents = (usd: number): string => (Math.ceil(usd * 100 - 1e-9) / 100).toFixed(2);

/** The same of an estimate: `about $0.07`. */
export function aboutUsd(usd: number): string {
  const said = formatUsd(usd);
  return said.startsWith('$') ? `about ${said}` : said;
}

/** A region that this version does not know may be anywhere. */
function egressPrice(region: RegionCode): number {
  const { egressGb, middleEgress, dearestEgress } = prices;
  const isIn = (codes: readonly string[]) => codes.includes(region);
  if (isIn(dearestEgress) || !regions.has(region)) return egressGb.dearest;
  return isIn(middleEgress) ? egressGb.middle : egressGb.default;
}
