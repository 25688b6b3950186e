import { spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';

/**
 * Has this process run as soon as it wakes, whoever else wants the processor: distance must not depend on that.
 * Linux otherwise lets a running process finish its slice, about 3 ms. Real-time scheduling where that is allowed (root,
 * by util-linux' chrt), else a higher priority, else nothing. To be called before any thread is started.
 */
export function comeFirst(): void {
  const asked = spawnSync('chrt', ['--fifo', '--all-tasks', '--pid', '5', String(process.pid)], {
    stdio: 'ignore',
  });
  if (asked.status === 0) return;
  try {
    setPriority(-10);
  } catch {
    // Then it competes like everyone else.
  }
}
