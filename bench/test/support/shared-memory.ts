import { readFileSync } from 'node:fs';

/**
 * The System V segments that these processes of that user made, as lines of the system's table (Linux). By the user too:
 * one that others left long ago may have been made by a process of the same number.
 */
export function segmentsOf(pids: readonly number[], uid: number): string[] {
  const [, ...lines] = readFileSync('/proc/sysvipc/shm', 'utf8').trim().split('\n');
  return lines.filter((line) => {
    const fields = line.trim().split(/\s+/).map(Number);
    return pids.includes(fields[4] ?? 0) && fields[7] === uid;
  });
}
