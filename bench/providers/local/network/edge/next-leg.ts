import type { Millis } from '../../../../base/units.ts';
import type { MachineAddress } from '../protocol.ts';
import { refusals, type Refusal } from './refusal.ts';
import type { Replay } from './replay.ts';
import type { Wish } from './route.ts';
import { wishOfFallback, wishOfReplay } from './wish.ts';

/** A leg of a request's journey: to one machine of those that the wish allows. */
export interface Leg {
  readonly wish: Wish;
  /** Added to the request for this leg: name, value. */
  readonly headers: readonly string[];
  /** How many replays led here, from 0. */
  readonly replays: number;
  /** The last of them. */
  readonly cause?: ReplayRequest;
  /** A replay's fallback: it may not be replayed again. */
  readonly last?: true;
}

export interface ReplayRequest {
  readonly replay: Replay;
  /** The machine that asks for it. */
  readonly by: MachineAddress;
}

/** Why a replayed request could not be delivered, in Fly's words. */
export type FailureReason = 'no_candidate' | 'retries_exhausted' | 'timeout';

const mostReplays = 10;

/** Where a request goes when the machine that got it asks for a replay. */
export function legAfterReplay(
  leg: Leg,
  { replay, by }: ReplayRequest,
  machines: readonly MachineAddress[],
): Leg | Refusal {
  if (leg.last === true)
    return refusals.badReplay('a request that came back by its fallback may not be replayed again');
  if (leg.replays === mostReplays) return refusals.tooManyReplays(mostReplays);
  const wish = wishOfReplay(replay, by.app, by.id);
  return (
    refusalOfWish(wish, machines) ?? {
      wish,
      headers: ['Fly-Replay-Src', sourceOf(by, replay.state)],
      replays: leg.replays + 1,
      cause: { replay, by },
    }
  );
}

/** A replay whose fields contradict each other or the world. */
function refusalOfWish(
  { app, instance }: Wish,
  machines: readonly MachineAddress[],
): Refusal | undefined {
  const own = machines.filter((machine) => machine.app === app);
  if (own.length === 0) return refusals.unknownApp(app);
  return instance?.force === true && !own.some(({ id }) => id === instance.id)
    ? refusals.badReplay(`app ${app} has no machine ${instance.id}`)
    : undefined;
}

function sourceOf({ id, region }: MachineAddress, state: string | undefined): string {
  return pairs({ instance: id, region, t: Date.now() * 1000, state });
}

/** Back to the machine whose replay could not be delivered, if it said so. */
export function legOfFallback(
  { wish, cause, replays }: Leg,
  reason: FailureReason,
  elapsedMs: Millis,
): Leg | undefined {
  if (cause?.replay.fallback === undefined) return undefined;
  const { replay, by } = cause;
  const failed = pairs({
    instance: replay.instance,
    app: wish.app,
    region: replay.regions?.codes.join(','),
    replay_source: by.id,
    reason,
    elapsed_ms: Math.round(elapsedMs),
  });
  return {
    wish: wishOfFallback(cause.replay.fallback, by.app, by.id),
    headers: ['Fly-Replay-Failed', failed],
    replays,
    last: true,
  };
}

const pairs = (fields: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(';');
