import { dirname } from 'node:path';
import { changeableBy } from '../base/changeable.ts';
import { BenchError, messageOf } from '../base/errors.ts';
import { ChangeableFolder } from '../base/own-folder.ts';
import { decide, type Decision, type K6Binary } from './install/decide.ts';
import { checkGo, neededGo } from './install/go.ts';
import { defaultOptions, type InstallEvents, type K6Options } from './install/options.ts';
import { cantKeep } from './install/place-binary.ts';
import { cachedBinary, releaseFor } from './install/places.ts';
import { probePlaces } from './install/probe.ts';
import { installRelease } from './install/release.ts';
import { buildFromSource } from './install/source.ts';
import { k6Version } from './install/version.ts';

export type { K6Binary } from './install/decide.ts';
export type { InstallEvents, K6Options } from './install/options.ts';
export { k6Version } from './install/version.ts';

/** Looks for a k6 on this machine, in the order K6_PATH, PATH, cache. Changes nothing and uses no network. */
export async function findK6(options: K6Options = defaultOptions()): Promise<Decision> {
  return decide(await probePlaces(options));
}

/**
 * A k6 that is ready to run: found on this machine, or else the official release, or else built with Go.
 * Throws a BenchError: `usage` for a wrong K6_PATH, `fault` if there is no way to get one or a download is not what
 * was published, `interrupted` once the signal is aborted. Nothing unfinished is left behind.
 */
export async function ensureK6(
  events: InstallEvents,
  signal: AbortSignal,
  options: K6Options = defaultOptions(),
): Promise<K6Binary> {
  const decision = await findK6(options);
  if (decision.action === 'stop') throw decision.error;
  const { notes } = decision.action === 'use' ? decision.binary : decision;
  for (const note of notes) events.note(note);
  return decision.action === 'use' ? decision.binary : obtain(events, signal, options, notes);
}

/** Where k6 comes from on this machine, or would come from. */
export type K6Description =
  | ({ readonly state: 'ready' } & K6Binary)
  | {
      /** Not here yet; the first run gets it, in this order of trying. */
      readonly state: 'obtainable';
      readonly version: string;
      readonly ways: readonly string[];
      readonly notes: readonly string[];
    }
  | { readonly state: 'unusable'; readonly error: BenchError };

/** Describes k6 without installing it or using the network; takes well below a second. */
export async function describeK6(options: K6Options = defaultOptions()): Promise<K6Description> {
  const decision = await findK6(options);
  if (decision.action === 'use') return { state: 'ready', ...decision.binary };
  if (decision.action === 'stop') return { state: 'unusable', error: decision.error };
  const who = await changeableBy(dirname(cachedBinary(options)));
  if (who !== undefined)
    return { state: 'unusable', error: cantKeep(options, new ChangeableFolder(who)) };
  const release = releaseOrError(options);
  if (release instanceof BenchError) return { state: 'unusable', error: release };
  const go = await checkGo(options, options.signal ?? new AbortController().signal).catch(
    () => undefined,
  );
  const ways = [
    ...(release === undefined ? [] : [`download from ${release.archiveUrl}`]),
    ...(go === undefined ? [] : [`build with Go ${go}`]),
  ];
  if (ways.length === 0)
    return { state: 'unusable', error: noWay(['no release for this platform', 'no Go']) };
  return { state: 'obtainable', version: k6Version, ways, notes: decision.notes };
}

/** A mirror that may not be used is an error of its own. */
function releaseOrError(options: K6Options) {
  try {
    return releaseFor(options);
  } catch (error) {
    if (error instanceof BenchError) return error;
    throw error;
  }
}

async function obtain(
  events: InstallEvents,
  signal: AbortSignal,
  options: K6Options,
  notes: readonly string[],
): Promise<K6Binary> {
  const made = (path: string, from: 'release' | 'source') => ({
    path,
    version: k6Version,
    from,
    notes,
  });
  const released = await attempt(signal, () => installRelease(options, events, signal));
  if ('path' in released) return made(released.path, 'release');
  const why = `the official release could not be got (${released.reason})`;
  const built = await attempt(signal, () => buildFromSource(options, why, events, signal));
  if ('path' in built) return made(built.path, 'source');
  throw noWay([`official release: ${released.reason}`, `building it: ${built.reason}`]);
}

/** What came of one way to get k6. Errors that must stop everything pass. */
async function attempt(
  signal: AbortSignal,
  way: () => Promise<string>,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  try {
    return { path: await way() };
  } catch (error) {
    if (signal.aborted)
      throw new BenchError(
        'interrupted',
        'Stopped while getting k6; nothing unfinished is left.',
        'Run it again.',
      );
    if (error instanceof BenchError) throw error;
    return { reason: messageOf(error) };
  }
}

function noWay(tried: readonly string[]): BenchError {
  return new BenchError(
    'fault',
    [`There is no k6 ${k6Version} here, and no way to get it worked:`, ...tried].join('\n  '),
    `Install Go ${neededGo} or newer; or put k6 ${k6Version} on PATH; or set K6_PATH to one; or set BENCH_K6_RELEASES to a mirror (https) of its releases.`,
  );
}
