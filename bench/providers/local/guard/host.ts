import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where and within which time a process id together with a start time names one process. */
export interface Host {
  readonly name: string;
  /** Id of the boot; empty where the system has none (macOS tells start times as dates instead). */
  readonly boot: string;
  /** The namespace of process ids: containers have their own. Empty where there are none. */
  readonly namespace: string;
}

export function thisHost(): Host {
  return {
    name: hostname(),
    boot: orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)),
    namespace: orEmpty(() => readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')),
  };
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
