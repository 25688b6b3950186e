import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { messageOf } from '../../../../base/errors.ts';
import type { RegionCode } from '../../../../world/regions.ts';
import { travel, type Terrain } from './journey.ts';
import { refusals, refuse } from './refusal.ts';
import { RequestBody } from './request-body.ts';
import { headersToMachine, type Acceptance } from './request-headers.ts';
import { wishOfClient } from './wish.ts';

/** Longer than the gaps between a run's blocks, so that clients' connections stay warm. */
const keepAliveMs = 90_000;

/** The proxy that a client of one app meets in its region: an HTTP/1.1 server that routes as Fly's does. */
export function makeEdge(app: string, region: RegionCode, terrain: Terrain): Server {
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, requestTimeout: 0, noDelay: true },
    (request, response) => {
      accept(request, response, app, region, terrain);
    },
  );
  server.on('upgrade', refuseUpgrade);
  server.on('connect', refuseUpgrade);
  return server;
}

function accept(
  request: IncomingMessage,
  response: ServerResponse,
  app: string,
  region: RegionCode,
  terrain: Terrain,
): void {
  const acceptance = acceptanceOf(request, region);
  if (!/^(\/|https?:\/\/)/.test(request.url ?? '')) {
    refuse(response, refusals.noPath, acceptance.requestId);
    return;
  }
  const accepted = {
    request,
    response,
    requestId: acceptance.requestId,
    headers: headersToMachine(request.rawHeaders, request.headers, acceptance),
    body: new RequestBody(request, terrain.replayLimit),
  };
  travel(accepted, terrain, wishOfClient(app, request.headers)).catch((error: unknown) => {
    // Nothing is expected to come here; the client must not wait for ever if it does.
    process.stderr.write(`edge ${app} ${region}: ${messageOf(error)}\n`);
    response.destroy();
  });
}

function acceptanceOf({ socket }: IncomingMessage, region: RegionCode): Acceptance {
  return {
    requestId: `${randomUUID()}-${region}`,
    region,
    port: socket.localPort ?? 0,
    clientIp: socket.remoteAddress ?? '',
    edgeIp: socket.localAddress ?? '',
  };
}

function refuseUpgrade(_: IncomingMessage, socket: Duplex): void {
  const text = 'this edge speaks HTTP/1.1 only: no upgrades, no tunnels\n';
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 501 Not Implemented\r\ncontent-type: text/plain\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`,
  );
}
