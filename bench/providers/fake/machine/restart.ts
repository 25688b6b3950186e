import type { Millis } from '../../../base/units.ts';
import type { FakeConfig } from './config.ts';

/** Restarts that count against the limit. */
const spanMs: Millis = 5 * 60_000;
/** Of a config that says nothing. */
const defaultRetries = 10;

/** Whether a machine starts its process again after it ended; `restarts` are the times (ms) at which it did before. */
export function startsAgain(
  config: Pick<FakeConfig, 'restart'>,
  exitCode: number,
  restarts: readonly number[],
  now: number,
): boolean {
  const policy = config.restart?.policy ?? 'on-failure';
  if (policy === 'no') return false;
  if (policy === 'always') return true;
  const lately = restarts.filter((at) => now - at < spanMs).length;
  return exitCode !== 0 && lately < (config.restart?.max_retries ?? defaultRetries);
}
