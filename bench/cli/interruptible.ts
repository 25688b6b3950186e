import { setImmediate } from 'node:timers/promises';
import { BenchError } from '../base/errors.ts';
import { endSignals } from './end-early.ts';
import { isHangUpIgnored } from './hang-up.ts';

/**
 * Does what leaves nothing behind: reading, computing, rendering, handing over text. A signal ends the process on the
 * spot meanwhile, as it does where nobody listens: a listener would be called only when the computing pauses, or when
 * somebody has read from a full pipe. Must hold no world, machine or child process.
 * Throws a BenchError (interrupted) if `signal` was aborted before.
 */
export async function interruptible<T>(
  signal: AbortSignal | undefined,
  act: () => T | Promise<T>,
): Promise<T> {
  // One that came while something was computed is still to be delivered.
  await setImmediate();
  if (signal?.aborted === true)
    throw new BenchError('interrupted', 'Interrupted.', 'The same command again starts anew.');
  return silenced(act);
}

/** Within something interruptible: what must be wound down all the same when a signal comes. */
export async function listening<T>(act: () => Promise<T>): Promise<T> {
  const before = put(away ?? []);
  try {
    return await act();
  } finally {
    restore(before);
  }
}

type Listeners = readonly (readonly [NodeJS.Signals, readonly unknown[]])[];

/** The listeners that are taken off at the moment; undefined where none are. */
let away: Listeners | undefined;

async function silenced<T>(act: () => T | Promise<T>): Promise<T> {
  if (away !== undefined) return act();
  away = stopListening();
  try {
    return await act();
  } finally {
    put(away);
  }
}

/** From now on signals end the process on the spot, but the end of a terminal that is to be survived. */
function stopListening(): Listeners {
  const names = endSignals.filter((name) => name !== 'SIGHUP' || !isHangUpIgnored());
  const listeners = names.map((name) => [name, process.rawListeners(name)] as const);
  for (const name of names) process.removeAllListeners(name);
  return listeners;
}

/** Listens again; gives what to take off afterwards. */
function put(listeners: Listeners): Listeners {
  away = undefined;
  for (const [name, all] of listeners)
    for (const listener of all) process.on(name, listener as NodeJS.SignalsListener);
  return listeners;
}

function restore(listeners: Listeners): void {
  if (listeners.length === 0) return;
  for (const [name] of listeners) process.removeAllListeners(name);
  away = listeners;
}
