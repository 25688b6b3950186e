import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '../../../base/units.ts';
import { ApiError } from '../api-error.ts';
import type { FakeCloud } from '../cloud.ts';
import { ulid } from '../ids.ts';
import type { Answer, Route } from './call.ts';
import type { Fault, Faults } from './faults.ts';
import { RateLimits } from './rate-limits.ts';
import { readBody } from './read-body.ts';
import type { RequestLog } from './request-log.ts';
import { makeRouter } from './router.ts';

/** The fake's front: authorisation, limits, faults and the log, around the calls. */
export interface ApiServer {
  readonly server: Server;
  /** Resets every connection, and every new one, for so long. */
  cut(ms: Millis): void;
  /** Ends connections that are kept, and the server. */
  close(): Promise<void>;
}

export function makeServer(
  routes: readonly Route[],
  cloud: FakeCloud,
  faults: Faults,
  log: (request: RequestLog) => void,
): ApiServer {
  const { options } = cloud.ground;
  const find = makeRouter(routes);
  const limits = new RateLimits();
  const sockets = new Set<Socket>();
  let cutUntil = 0;

  const server = createServer((request, response) => {
    void respond(request, response);
  });
  server.on('connection', (socket) => {
    if (Date.now() < cutUntil) {
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const began = performance.now();
    const url = new URL(request.url ?? '/', 'http://fake');
    const method = request.method ?? 'GET';
    const found = find(method, url.pathname);
    const action = found?.route.action ?? 'unknown';
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    // A stranger must not use up the faults that a test has ordered.
    const isAllowed = isAuthorised(request, options.token);
    const fault = isAllowed ? faults.take(action) : undefined;
    let bytes = 0;
    const work = async (): Promise<Answer> => {
      if (!isAllowed)
        throw new ApiError(401, 'unauthenticated: Authenticate: token validation error');
      if (found === undefined)
        return { status: 404, body: '404 page not found', type: 'text/plain' };
      // When it came is what counts, not when its answer is due.
      if (options.rateLimits) limits.check(action, found.params);
      const body = await readBody(request);
      bytes = body.bytes;
      await sleep(options.delays.apiMs / 2);
      const answer = await found.route.handle({
        ...{ cloud, params: found.params, query: url.searchParams },
        body: body.json(),
        nonce: nonceOf(request),
        signal: gone.signal,
      });
      await sleep(options.delays.apiMs / 2 + faults.delayOf(action));
      return answer;
    };
    const answer = await withFault(fault, work);
    const status = answer?.status ?? 0;
    log({
      at,
      action,
      method,
      path: request.url ?? '',
      status,
      ms: performance.now() - began,
      bytes,
    });
    if (answer === undefined) request.socket.resetAndDestroy();
    else send(response, answer);
  }

  return {
    server,
    cut: (ms) => {
      cutUntil = Date.now() + ms;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: () => {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

/** The call's answer, or what a fault makes of it; undefined: the connection drops. */
async function withFault(
  fault: Fault | undefined,
  work: () => Promise<Answer>,
): Promise<Answer | undefined> {
  if (fault === 'drop-before') return undefined;
  if (typeof fault === 'number') return failure(fault);
  const answer = await work().catch(errorAnswer);
  if (fault === 'drop-after') return undefined;
  return fault === undefined ? answer : failure(fault.after);
}

const failure = (status: number): Answer => ({
  status,
  body: { error: status === 429 ? 'rate limit exceeded' : 'unknown: internal error' },
});

const errorAnswer = (error: unknown): Answer =>
  error instanceof ApiError
    ? { status: error.http, body: error.body }
    : { status: 500, body: { error: `unknown: ${String(error)}` } };

/** Any of the two schemes before the token will do. */
function isAuthorised(request: IncomingMessage, token: string): boolean {
  const [scheme = '', given = ''] = (request.headers.authorization ?? '').split(' ');
  return ['bearer', 'flyv1'].includes(scheme.toLowerCase()) && isSame(given, token);
}

/** Takes as long wherever they differ. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function nonceOf({ headers }: IncomingMessage): string | undefined {
  const nonce = headers['fly-machine-lease-nonce'];
  return Array.isArray(nonce) ? nonce[0] : nonce;
}

function send(response: ServerResponse, { status, body, type = 'application/json' }: Answer): void {
  response.setHeader('fly-request-id', `${ulid()}-cdg`);
  response.statusCode = status;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader('content-type', type);
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
