import type { UnixMicros } from '../base/units.ts';
import type { BlockTally } from './block-tally.ts';

/** How much of the machine's processors the generator used until `atUs`, since the reading before: 0 to 1. */
export interface CpuShare {
  readonly atUs: UnixMicros;
  readonly share: number;
}

const failedAtMost = 0.01;
const keptAtLeast = 0.9;
const cpuAtMost = 0.8;

/**
 * Why a block can't be used, in the words of the report; undefined for a valid one.
 * `wanted`: requests that should have been kept, over all steps.
 */
export function invalidity(
  tally: BlockTally,
  wanted: number,
  unanswered: number,
  cpu: readonly CpuShare[],
): string | undefined {
  const requests = tally.requests();
  const failed = tally.of('failed');
  // Whether warm or cold: a service that closes its connections is slow, not badly measured.
  const kept = tally.of('warm') + tally.of('cold');
  if (requests === 0 && tally.dropped === 0) return 'nothing was measured';
  const busy = meanShare(tally, cpu);
  // An idle generator drops only because all its users still wait for an answer.
  const stall = busy !== undefined && busy <= cpuAtMost ? 'the target stalled: ' : '';
  if (tally.dropped > 0) return `${stall}${tally.dropped} iterations could not start in time`;
  if (failed > failedAtMost * requests)
    return `${failed} of ${requests} requests failed (${tally.failure() ?? 'unknown'})`;
  if (kept < keptAtLeast * wanted && unanswered > 0)
    return `${stall}${unanswered} of ${wanted} requests had no answer when the block was over`;
  if (kept < keptAtLeast * wanted) return `kept ${kept} of ${wanted} wanted requests`;
  if (busy !== undefined && busy > cpuAtMost)
    return `the generator used ${(100 * busy).toFixed(0)} % of the processors`;
  return undefined;
}

/** Undefined where nobody knows. */
function meanShare(
  { keepFromUs, endUs }: BlockTally,
  cpu: readonly CpuShare[],
): number | undefined {
  const during = cpu.filter(({ atUs }) => atUs >= keepFromUs && atUs <= endUs);
  if (during.length === 0) return undefined;
  return during.reduce((sum, { share }) => sum + share, 0) / during.length;
}
