import { formatSeconds, type UnixMicros } from '../base/units.ts';
import type { BlockTally } from './block-tally.ts';

/** How much of the machine's processors the generator used until `atUs`, since the reading before: 0 to 1. */
export interface CpuShare {
  readonly atUs: UnixMicros;
  readonly share: number;
}

/** Why a block can't be used. */
export interface Invalidity {
  /** In the words of the report. */
  readonly reason: string;
  /** Whose doing it is, where that is known: the target's own, that of a part which ended or stood still, the machine's. */
  readonly fault?: 'target' | 'part' | 'machine';
}

/** What was planned for a block. */
export interface Planned {
  /** Requests that should have been kept, over all steps. */
  readonly wanted: number;
  /** Virtual users, and iterations that start in a second: together they say how long an iteration may take. */
  readonly vus: number;
  readonly rate: number;
  /** Whether iterations were dropped in most rounds of this cell. */
  readonly usuallyDrops: boolean;
}

const failedAtMost = 0.01;
const keptAtLeast = 0.9;
const cpuAtMost = 0.8;

/**
 * Undefined for a valid block. A slow answer is no fault: one that was cut is a sample, of at least that long.
 * `whole`: whether the generator ran to the end; if not, what is missing is nobody's fault.
 */
export function invalidity(
  tally: BlockTally,
  planned: Planned,
  unanswered: number,
  cpu: readonly CpuShare[],
  whole = true,
): Invalidity | undefined {
  const { wanted } = planned;
  const requests = tally.requests();
  const failed = tally.of('failed');
  // Whether warm or cold: a service that closes its connections is slow, not badly measured.
  const kept = tally.of('warm') + tally.of('cold') + tally.of('cut');
  if (requests === 0 && tally.dropped === 0)
    return { reason: 'nothing was measured', ...(whole ? { fault: 'target' } : {}) };
  const busy = meanShare(tally, cpu);
  const isIdle = busy !== undefined && busy <= cpuAtMost;
  const of = (reason: string): Invalidity =>
    !whole || (busy !== undefined && !isIdle) ? { reason } : { reason, fault: 'target' };
  if (tally.dropped > 0) return of(whyDropped(tally, planned, isIdle));
  if (failed > failedAtMost * requests)
    return of(`${failed} of ${requests} requests failed (${tally.failure() ?? 'unknown'})`);
  if (kept < keptAtLeast * wanted && unanswered > 0)
    return of(`${unanswered} of ${wanted} requests did not come in time`);
  if (kept < keptAtLeast * wanted) return of(`kept ${kept} of ${wanted} wanted requests`);
  if (busy !== undefined && busy > cpuAtMost)
    return { reason: `the generator used ${(100 * busy).toFixed(0)} % of the processors` };
  return undefined;
}

/**
 * A generator that has time to spare starts an iteration late only if none of its users is free. Where that is the rule,
 * an iteration takes longer than planned: the script sleeps, or this is how long answers take. Where it is not, and
 * some requests waited long, the target stalled.
 */
function whyDropped(
  tally: BlockTally,
  { vus, rate, usuallyDrops }: Planned,
  isIdle: boolean,
): string {
  const late = `${tally.dropped} ${tally.dropped === 1 ? 'iteration' : 'iterations'} could not start in time`;
  if (!isIdle) return late;
  const isRare = !usuallyDrops || tally.slow < tally.requests() / 2;
  if (tally.slow > 0 && isRare) return `the target stalled: ${late}`;
  return `${late}: all ${vus} virtual users were busy, as an iteration takes longer than the ${formatSeconds(vus / rate)} that were planned`;
}

/** Undefined where nothing tells. */
function meanShare(
  { keepFromUs, endUs }: BlockTally,
  cpu: readonly CpuShare[],
): number | undefined {
  const during = cpu.filter(({ atUs }) => atUs >= keepFromUs && atUs <= endUs);
  if (during.length === 0) return undefined;
  return during.reduce((sum, { share }) => sum + share, 0) / during.length;
}
