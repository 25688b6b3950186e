import type { UnixMicros } from '../../../base/units.ts';
import type { CpuShare } from '../../../samples/invalidity.ts';
import type { CpuReading } from './poll.ts';

/** Clock ticks a second in /proc; 100 on every Linux (getconf CLK_TCK). */
const ticksPerSecond = 100;

/** k6's share of the machine's processors between each reading and the one before, in our time. */
export function cpuShares(
  readings: readonly CpuReading[],
  processors: number,
  shiftUs: UnixMicros,
): CpuShare[] {
  return readings.flatMap(({ unixS, uptimeS, ticks }, i) => {
    const before = readings[i - 1];
    if (before === undefined || uptimeS <= before.uptimeS) return [];
    const used = (ticks - before.ticks) / ticksPerSecond;
    const share = used / (uptimeS - before.uptimeS) / processors;
    return [{ atUs: 1e6 * unixS + shiftUs, share }];
  });
}
