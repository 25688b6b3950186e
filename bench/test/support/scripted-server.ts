import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** What to answer: a status with a body (an object as JSON, a string as it is), or anything by hand. */
export type Reply =
  | readonly [status: number, body?: unknown, headers?: Readonly<Record<string, string>>]
  | ((response: ServerResponse, asked: Asked) => void);

/** A real server on a free loopback port that answers as `reply` says; it remembers what it was asked. */
export async function scriptedServer(reply: (asked: Asked, before: readonly Asked[]) => Reply) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: read(body) };
      const answer = reply(one, [...asked]);
      asked.push(one);
      send(response, one, answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const read = (body: string): unknown => (body === '' ? undefined : JSON.parse(body));

function send(response: ServerResponse, asked: Asked, reply: Reply): void {
  if (typeof reply === 'function') {
    reply(response, asked);
    return;
  }
  const [status, body, headers = {}] = reply;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body));
}
