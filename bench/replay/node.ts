import type { IncomingMessage, ServerResponse } from 'node:http';
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

type Next = (error?: unknown) => void;

export interface NodeReplay {
  /** Mount first. */
  readonly requests: (req: IncomingMessage, res: ServerResponse, next: Next) => void;
  /** Mount last, before the app's own error handler. */
  readonly errors: (error: unknown, req: IncomingMessage, res: ServerResponse, next: Next) => void;
}

/** The same for connect and Express: a middleware and an error middleware. */
export function replay(place: Place, thresholdSeconds = 5): NodeReplay {
  return {
    requests: (req, res, next) => {
      const request = factsOf(req);
      const before = beforeRequest(place, request, unixNow());
      if (before.kind === 'replay') {
        respond(res, place, before.state);
        return;
      }
      res.setHeader('fly-region', place.region);
      if (afterResponse(request, unixNow(), thresholdSeconds).kind === 'set')
        setThresholdWithHeaders(res, request, thresholdSeconds);
      next();
    },
    errors: (error, req, res, next) => {
      const after = afterError(place, factsOf(req), error);
      // What has left cannot be taken back.
      if (after.kind === 'pass' || res.headersSent) next(error);
      else respond(res, place, after.state);
    },
  };
}

const unixNow = (): number => Date.now() / 1000;

function factsOf(req: IncomingMessage): RequestFacts {
  const source = req.headers['fly-replay-src'];
  return {
    method: req.method ?? 'GET',
    replaySource: Array.isArray(source) ? source[0] : source,
    threshold: readThreshold(req.headers.cookie),
  };
}

function respond(res: ServerResponse, place: Place, state: ReplayState): void {
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  const answer = replayAnswer(place, state);
  res.writeHead(answer.status, answer.headers).end();
}

/** At the last moment: the write has happened by then, and the app may have replaced its own cookies. */
function setThresholdWithHeaders(
  res: ServerResponse,
  request: RequestFacts,
  seconds: number,
): void {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  res.writeHead = (...args: unknown[]): ServerResponse => {
    const now = unixNow();
    const decision = afterResponse(request, now, seconds);
    if (decision.kind === 'set')
      res.appendHeader('set-cookie', writeThreshold(decision.until, now));
    return writeHead(...args);
  };
}
