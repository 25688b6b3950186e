import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { CpuShare } from '../samples/invalidity.ts';

/** Clock ticks a second in /proc; 100 on every Linux that Node runs on (getconf CLK_TCK). */
const ticksPerSecond = 100;

/** Reads a process's CPU time every second until stopped. Empty where there is no /proc. */
export function watchCpu(pid: number, everyMs = 1000): { stop(): CpuShare[] } {
  const readings: CpuShare[] = [];
  let before: { atMs: number; seconds: number } | undefined;
  const read = async () => {
    const seconds = await cpuSeconds(pid);
    if (seconds === undefined) return;
    const atMs = Date.now();
    if (before !== undefined && atMs > before.atMs)
      readings.push({
        atUs: atMs * 1000,
        share: (1000 * (seconds - before.seconds)) / (atMs - before.atMs) / availableParallelism(),
      });
    before = { atMs, seconds };
  };
  void read();
  const timer = setInterval(() => void read(), everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return readings;
    },
  };
}

/** User and system time so far (proc(5): fields 14 and 15 of stat, counted after the name in brackets). */
async function cpuSeconds(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
