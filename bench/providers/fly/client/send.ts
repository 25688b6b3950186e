import type { Millis } from '../../../base/units.ts';
import type { FlyAccess } from './access.ts';
import { openHost } from './agent.ts';
import { authorizationOf } from './token.ts';

/** An answer never has more bytes than this; machines are listed with the files they were given. */
const mostBytes = 32 * 2 ** 20;

export interface Sent {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With its query, from `/v1` on. */
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs: Millis;
}

export interface Answer {
  readonly status: number;
  /** `fly-request-id`; empty if there was none. */
  readonly requestId: string;
  readonly retryAfter?: string;
  readonly text: string;
}

/** No whole answer came. Nobody knows what the other side did, unless `unsent`. */
export class Broken extends Error {
  /** There was no connection at all. */
  readonly unsent: boolean;

  constructor(what: string, unsent: boolean) {
    super(what);
    this.unsent = unsent;
  }
}

export interface Wire {
  /** One exchange. Throws Broken, or the signal's reason. Never follows a redirect: the token stays here. */
  send(request: Sent, signal?: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

export function makeWire({ baseUrl, token, proxies }: FlyAccess): Wire {
  const authorization = authorizationOf(token);
  const host = openHost(baseUrl, proxies);
  return {
    send: async ({ method, path, body, timeoutMs }, signal) => {
      signal?.throwIfAborted();
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const request = await host.ready();
        const answer = await request(new URL(path, baseUrl), {
          method,
          headers: {
            authorization,
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        });
        const retryAfter = one(answer.headers['retry-after']);
        return {
          status: answer.statusCode,
          requestId: one(answer.headers['fly-request-id']) ?? '',
          ...(retryAfter === undefined ? {} : { retryAfter }),
          text: await textOf(answer.body),
        };
      } catch (error) {
        signal?.throwIfAborted();
        throw brokenBy(error, timeout.aborted, timeoutMs);
      }
    },
    close: () => host.close(),
  };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`an answer of more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const one = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** Errors of these codes mean that no byte of the request has left. */
const unsentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Of what was thrown only code and text are kept: what hangs on it may hold the request's headers. */
function brokenBy(error: unknown, timedOut: boolean, timeoutMs: Millis): Broken {
  if (timedOut) return new Broken(`no answer within ${timeoutMs / 1000} s`, false);
  const code = (error as { code?: unknown }).code;
  const text = error instanceof Error && error.message !== '' ? error.message : 'connection failed';
  return typeof code === 'string'
    ? new Broken(text.includes(code) ? text : `${text} (${code})`, unsentCodes.has(code))
    : new Broken(text, false);
}
