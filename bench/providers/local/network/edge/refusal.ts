import type { ServerResponse } from 'node:http';
import type { Wish } from './route.ts';

/** An answer of the edge itself; the codes are those of Fly's proxy logs where there is one. */
export interface Refusal {
  readonly status: 400 | 502 | 503;
  /** One line for people. */
  readonly text: string;
}

export const refusals = {
  noPath: { status: 400, text: 'the request is not for a path' } satisfies Refusal,
  noMachine: ({ app, regions, instance }: Wish): Refusal => ({
    status: 503,
    text: ['PR03: no healthy machine of app', app, regions?.codes.join(','), instance?.id]
      .filter((word) => word !== undefined)
      .join(' '),
  }),
  unreachable: (tried: readonly string[]): Refusal => ({
    status: 502,
    text: `PC01: no connection to any machine; tried ${tried.join(', ')}`,
  }),
  lost: (machine: string, why: string): Refusal => ({
    status: 502,
    text: `PU02: machine ${machine} broke the connection before it answered (${why})`,
  }),
  tooLarge: (limit: number): Refusal => ({
    status: 502,
    text: `PA01: the request's body is larger than ${limit} bytes and can't be sent again`,
  }),
  tooManyReplays: (most: number): Refusal => ({
    status: 502,
    text: `PA02: more than ${most} replays`,
  }),
  badReplay: (reason: string): Refusal => ({ status: 502, text: `PA03: fly-replay: ${reason}` }),
  unknownApp: (app: string): Refusal => ({
    status: 502,
    text: `PA04: fly-replay: there is no app ${app} here`,
  }),
};

/** Answers the client with a refusal. */
export function refuse(response: ServerResponse, refusal: Refusal, requestId: string): void {
  response.writeHead(refusal.status, {
    'content-type': 'text/plain; charset=utf-8',
    server: 'Fly/local',
    via: '1.1 fly.io',
    'fly-request-id': requestId,
  });
  response.end(`${refusal.text}\n`);
}
