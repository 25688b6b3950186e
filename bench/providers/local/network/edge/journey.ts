import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Millis } from '../../../../base/units.ts';
import { now } from '../clock.ts';
import type { MachineAddress } from '../protocol.ts';
import { attempt, type Outcome } from './attempt.ts';
import type { Backends } from './backends.ts';
import type { Health } from './health.ts';
import {
  legAfterReplay,
  legOfFallback,
  type FailureReason,
  type Leg,
  type ReplayRequest,
} from './next-leg.ts';
import { refusals, refuse, type Refusal } from './refusal.ts';
import type { RequestBody } from './request-body.ts';
import { rankMachines, type Surroundings, type Wish } from './route.ts';

/** What a request meets on its way. */
export interface Terrain {
  readonly surroundings: Surroundings;
  readonly backends: Backends;
  readonly health: Health;
  /** Bytes of a body that can be replayed. */
  readonly replayLimit: number;
}

/** A request that an edge has accepted. */
export interface Accepted {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly body: RequestBody;
  /** Name, value, name, value… for every try. */
  readonly headers: readonly string[];
}

const mostTries = 5;

type Arrival =
  | { readonly kind: 'done' }
  | ({ readonly kind: 'replay' } & ReplayRequest)
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'unreachable';
      readonly reason: FailureReason;
      readonly refusal: Refusal;
    };

/** Takes a request to a machine, from there to where it asks for, and so on, until the client has an answer. */
export async function travel(accepted: Accepted, terrain: Terrain, wish: Wish): Promise<void> {
  let leg: Leg | Refusal | undefined = { wish, headers: [], replays: 0 };
  while (leg !== undefined && !('status' in leg)) leg = await travelLeg(leg, accepted, terrain);
  if (leg !== undefined && !accepted.response.destroyed)
    refuse(accepted.response, leg, accepted.requestId);
  accepted.body.drop();
}

/** The next leg, or how it ends; undefined once the client has its answer. */
async function travelLeg(
  leg: Leg,
  accepted: Accepted,
  terrain: Terrain,
): Promise<Leg | Refusal | undefined> {
  const started = now();
  const arrival = await arrive(leg, accepted, terrain, started);
  switch (arrival.kind) {
    case 'done':
      return undefined;
    case 'refused':
      return arrival.refusal;
    case 'replay':
      await accepted.body.settled;
      return accepted.body.repeatable
        ? legAfterReplay(leg, arrival, terrain.surroundings.machines)
        : refusals.tooLarge(terrain.replayLimit);
    case 'unreachable':
      return legOfFallback(leg, arrival.reason, now() - started) ?? arrival.refusal;
  }
}

/** Tries the machines that the leg allows, the best first. */
async function arrive(
  leg: Leg,
  accepted: Accepted,
  terrain: Terrain,
  started: Millis,
): Promise<Arrival> {
  const tried: string[] = [];
  const giveUpAt = started + (leg.cause?.replay.timeoutMs ?? Infinity);
  for (const machine of rankMachines(leg.wish, terrain.surroundings).slice(0, mostTries)) {
    if (tried.length > 0 && now() >= giveUpAt)
      return { kind: 'unreachable', reason: 'timeout', refusal: refusals.unreachable(tried) };
    const outcome = await tryMachine(machine, leg, accepted, terrain);
    if (outcome.kind === 'done') return outcome;
    if (outcome.kind === 'replay')
      return outcome.replay.ok
        ? { kind: 'replay', replay: outcome.replay.value, by: machine }
        : { kind: 'refused', refusal: refusals.badReplay(outcome.replay.reason) };
    terrain.health.suspect(machine.id);
    tried.push(`${machine.id} (${outcome.why})`);
    if (outcome.kind === 'lost' && !mayRepeat(accepted))
      return { kind: 'refused', refusal: refusals.lost(machine.id, outcome.why) };
  }
  return tried.length === 0
    ? { kind: 'unreachable', reason: 'no_candidate', refusal: refusals.noMachine(leg.wish) }
    : { kind: 'unreachable', reason: 'retries_exhausted', refusal: refusals.unreachable(tried) };
}

function tryMachine(
  machine: MachineAddress,
  leg: Leg,
  { request, response, requestId, headers, body }: Accepted,
  { backends }: Terrain,
): Promise<Outcome> {
  const wanted = leg.wish.instance;
  const missed =
    wanted === undefined || wanted.id === machine.id
      ? []
      : ['Fly-Preferred-Instance-Unavailable', wanted.id];
  const options: Dispatcher.DispatchOptions = {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: [...headers, ...leg.headers, ...missed],
    body: body.open(),
    // undici would close the connection after HEAD.
    reset: false,
  };
  return attempt(backends.to(machine), options, response, requestId);
}

const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** A machine that took the request and died may have done it: only what does no harm twice is sent to another. */
const mayRepeat = ({ request, body }: Accepted): boolean =>
  idempotent.has(request.method ?? '') && body.repeatable;
