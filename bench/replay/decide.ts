import { isReadOnlyError } from './read-only-error.ts';
import { parseReplaySource } from './replay-source.ts';

/** Why a request was sent on to the primary region; it travels in the header, so the primary knows too. */
export type ReplayState = 'http_method' | 'threshold' | 'captured_write';

/** Where this process runs, and where the writer is. */
export interface Place {
  readonly region: string;
  readonly primary: string;
}

/** What the decisions need of a request. */
export interface RequestFacts {
  readonly method: string;
  /** The request header `fly-replay-src`, which Fly's proxy adds to a replayed request. */
  readonly replaySource: string | undefined;
  /** The threshold cookie's value, unix seconds. */
  readonly threshold: number | undefined;
}

export type Decision<S extends ReplayState> =
  { readonly kind: 'pass' } | { readonly kind: 'replay'; readonly state: S };

export type ThresholdDecision =
  { readonly kind: 'keep' } | { readonly kind: 'set'; /** Unix seconds. */ readonly until: number };

const pass = { kind: 'pass' } as const;
const writing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const ownStates: ReadonlySet<string> = new Set<ReplayState>([
  'http_method',
  'threshold',
  'captured_write',
]);

/** Before the app runs: writes, and reads soon after a write, belong to the primary region. `now` in unix seconds. */
export function beforeRequest(
  place: Place,
  request: RequestFacts,
  now: number,
): Decision<'http_method' | 'threshold'> {
  if (!mayReplay(place, request)) return pass;
  if (writing.has(request.method)) return { kind: 'replay', state: 'http_method' };
  if (request.threshold !== undefined && request.threshold > now)
    return { kind: 'replay', state: 'threshold' };
  return pass;
}

/** After the app failed: a write that the replica refused runs again in the primary region; nothing else does. */
export function afterError(
  place: Place,
  request: RequestFacts,
  error: unknown,
): Decision<'captured_write'> {
  if (!mayReplay(place, request) || !isReadOnlyError(error)) return pass;
  return { kind: 'replay', state: 'captured_write' };
}

/**
 * After the app answered: the answer to a replayed request lets its visitor read from the primary for `seconds`.
 * A read that was only replayed for that reason does not extend it, or it would never end.
 */
export function afterResponse(
  request: RequestFacts,
  now: number,
  seconds: number,
): ThresholdDecision {
  const state = parseReplaySource(request.replaySource).state;
  if (state === undefined || state === 'threshold') return { kind: 'keep' };
  return { kind: 'set', until: now + seconds };
}

/** A request that came here by our own replay is never sent on again: regions that disagree must not loop. */
function mayReplay(place: Place, request: RequestFacts): boolean {
  if (place.region === place.primary) return false;
  return !ownStates.has(parseReplaySource(request.replaySource).state ?? '');
}
