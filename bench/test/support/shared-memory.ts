import { readFileSync } from 'node:fs';

/** The System V segments that these processes made, as lines of the system's table (Linux). */
export function segmentsOf(pids: readonly number[]): string[] {
  const [, ...lines] = readFileSync('/proc/sysvipc/shm', 'utf8').trim().split('\n');
  return lines.filter((line) => pids.includes(Number(line.trim().split(/\s+/)[4])));
}
