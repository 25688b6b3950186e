import type { Seconds } from '../../base/units.ts';
import { regions, type RegionCode } from '../../world/regions.ts';
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
  const perHour = guestOf(size).cpus * prices.processorHour * prices.dearestRegion;
  const machinesUsd = (regions.length * perHour * machineTime) / 3600;
  const gbEach = (requests / Math.max(1, regions.length)) * ((bytesPerRow + bytesPerRequest) / 1e9);
  const egressUsd = regions.reduce((sum, region) => sum + gbEach * egressPrice(region), 0);
  return { machinesUsd, egressUsd, totalUsd: machinesUsd + egressUsd, machineTime };
}

/** The machine of a preset: `performance-2x` has two processors and 4 GB. */
export function guestOf(size: string): MachineConfig['guest'] {
  const cpus = Number(/^performance-(\d+)x$/.exec(size)?.[1]);
  if (!(cpus > 0)) throw new Error(`not a performance preset: ${size}`);
  return { cpu_kind: 'performance', cpus, memory_mb: 2048 * cpus };
}

/** For people, never rounded down to nothing: `$0.07`, `less than $0.01`. */
export function formatUsd(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'less than $0.01' : `$${usd.toFixed(2)}`;
}

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
