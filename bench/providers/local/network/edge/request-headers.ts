import type { IncomingHttpHeaders } from 'node:http';
import type { RegionCode } from '../../../../world/regions.ts';
import { isHopByHop } from './hop-by-hop.ts';

/** What the edge knows about a request when it accepts it. */
export interface Acceptance {
  readonly requestId: string;
  /** Of the edge. */
  readonly region: RegionCode;
  readonly port: number;
  readonly clientIp: string;
  /** The address that the client connected to. */
  readonly edgeIp: string;
}

/** Said by the edge alone: a client's own are dropped. `expect` was answered by the edge. */
const dropped = new Set([
  'fly-replay-src',
  'fly-replay-failed',
  'fly-preferred-instance-unavailable',
  'fly-client-ip',
  'fly-region',
  'fly-forwarded-port',
  'fly-request-id',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-ssl',
  'via',
  'expect',
]);

/** The headers that every machine gets, as name, value, name, value…; what differs between tries is added later. */
export function headersToMachine(
  rawHeaders: readonly string[],
  headers: IncomingHttpHeaders,
  accepted: Acceptance,
): string[] {
  const passed: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase();
    if (!dropped.has(name) && !isHopByHop(name, headers.connection))
      passed.push(rawHeaders[i] as string, rawHeaders[i + 1] as string);
  }
  return [...passed, ...added(headers, accepted)];
}

function added(headers: IncomingHttpHeaders, accepted: Acceptance): string[] {
  const { clientIp, edgeIp, region, port, requestId } = accepted;
  const before = headers['x-forwarded-for']?.toString();
  return [
    'Fly-Client-IP',
    clientIp,
    'Fly-Region',
    region,
    'Fly-Forwarded-Port',
    String(port),
    'Fly-Request-Id',
    requestId,
    'X-Forwarded-For',
    [before, clientIp, edgeIp].filter((part) => part !== undefined).join(', '),
    'X-Forwarded-Proto',
    'http',
    'X-Forwarded-Port',
    headers['x-forwarded-port']?.toString() ?? String(port),
    'X-Forwarded-SSL',
    'off',
    'Via',
    viaAfter(headers.via),
  ];
}

/** This hop appended to the `via` so far. */
export function viaAfter(via: string | readonly string[] | undefined): string {
  return via === undefined ? '1.1 fly.io' : `${via.toString()}, 1.1 fly.io`;
}
