import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that can't be mistaken for a later one of the same number. */
export interface Seen {
  readonly pid: number;
  readonly startedAt: string;
  readonly command: string;
}

/** All descendants of a process, also those in sessions of their own (Linux: from /proc). */
export function descendantsOf(pid: number): Seen[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const found: Seen[] = [];
  const visit = (parent: number) => {
    for (const process of all.filter(({ ppid }) => ppid === parent)) {
      found.push(process);
      visit(process.pid);
    }
  };
  visit(pid);
  return found;
}

/** Those of the processes that still run. */
export function stillRunning(seen: readonly Seen[]): Seen[] {
  return seen.filter(({ pid, startedAt }) =>
    readProcess(pid).some((now) => now.startedAt === startedAt && now.state !== 'Z'),
  );
}

/** Waits until none of them runs; those left when time is up. */
export async function leftAfter(seen: readonly Seen[], timeoutMs: number): Promise<Seen[]> {
  const deadline = Date.now() + timeoutMs;
  while (stillRunning(seen).length > 0 && Date.now() < deadline) await sleep(20);
  return stillRunning(seen);
}

function readProcess(pid: number): (Seen & { ppid: number; state: string })[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return [
      {
        pid,
        command,
        state: fields[0] ?? '',
        ppid: Number(fields[1]),
        startedAt: fields[19] ?? '',
      },
    ];
  } catch {
    return [];
  }
}
