import { constants } from 'node:os';
import type { Millis } from '../../../base/units.ts';
import { invalid } from '../api-error.ts';
import { durationMs } from '../duration.ts';
import type { FakeConfig } from './config.ts';

/** How a machine is asked to end, and when it is ended by force. */
export interface StopWish {
  readonly signal: NodeJS.Signals;
  readonly timeoutMs: Millis;
}

const defaultTimeoutMs: Millis = 5_000;

/** What a stop means by its body, then the machine's config, then the defaults. Throws an ApiError (400). */
export function stopWish(
  body: { readonly signal?: string | undefined; readonly timeout?: number | string | undefined },
  config: FakeConfig,
): StopWish {
  const timeout = body.timeout ?? config.stop_config?.timeout;
  const timeoutMs = timeout === undefined ? defaultTimeoutMs : durationMs(timeout);
  if (timeoutMs === undefined) throw invalid(`time: invalid duration "${String(timeout)}"`);
  return { signal: signalOf(body.signal ?? config.stop_config?.signal ?? 'SIGINT'), timeoutMs };
}

/** The signal by its name, or its number as fly-go sends it. */
export function signalOf(value: string | number): NodeJS.Signals {
  const found = Object.entries(constants.signals).find(
    ([name, n]) => name === value || n === value,
  );
  if (found === undefined) throw invalid(`invalid signal "${value}"`);
  return found[0] as NodeJS.Signals;
}
