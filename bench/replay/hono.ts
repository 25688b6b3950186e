import type { Context, MiddlewareHandler } from 'hono';
import { replayAnswer } from './answer.ts';
import {
  afterError,
  afterResponse,
  beforeRequest,
  type Place,
  type ReplayState,
  type RequestFacts,
} from './decide.ts';
import { readThreshold, writeThreshold } from './threshold-cookie.ts';

export interface ReplayOptions {
  readonly place: Place;
  /** How long a visitor reads from the primary region after a write, seconds; 5 by default. */
  readonly thresholdSeconds?: number;
}

/** Region-aware requests for Hono. Mount it before everything that may read or write the database. */
export function replay({ place, thresholdSeconds = 5 }: ReplayOptions): MiddlewareHandler {
  return async (c, next) => {
    const request = factsOf(c);
    const before = beforeRequest(place, request, unixNow());
    if (before.kind === 'replay') return respond(place, before.state);
    const error = await run(c, next);
    const after = afterError(place, request, error?.thrown);
    if (after.kind === 'replay') {
      replace(c, respond(place, after.state));
      return;
    }
    if (error?.escaped === true) throw error.thrown;
    c.header('fly-region', place.region);
    keepVisitorNearWrites(c, request, thresholdSeconds);
  };
}

const unixNow = (): number => Date.now() / 1000;

function factsOf(c: Context): RequestFacts {
  return {
    method: c.req.method,
    replaySource: c.req.header('fly-replay-src'),
    threshold: readThreshold(c.req.header('cookie')),
  };
}

/**
 * Runs the app. Hono turns a thrown Error into the answer of `app.onError` and keeps the Error in `c.error`;
 * other thrown values escape through `next`.
 */
async function run(
  c: Context,
  next: () => Promise<void>,
): Promise<{ thrown: unknown; escaped: boolean } | undefined> {
  try {
    await next();
    return c.error === undefined ? undefined : { thrown: c.error, escaped: false };
  } catch (thrown) {
    return { thrown, escaped: true };
  }
}

const respond = (place: Place, state: ReplayState): Response =>
  new Response(null, replayAnswer(place, state));

/** Hono merges the headers of an answer that it replaces, unless that is taken away first. */
function replace(c: Context, answer: Response): void {
  c.res = undefined;
  c.res = answer;
}

function keepVisitorNearWrites(c: Context, request: RequestFacts, seconds: number): void {
  const now = unixNow();
  const decision = afterResponse(request, now, seconds);
  if (decision.kind === 'keep') return;
  c.header('set-cookie', writeThreshold(decision.until, now), { append: true });
}
