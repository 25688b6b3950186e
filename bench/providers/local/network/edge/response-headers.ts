import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { isHopByHop } from './hop-by-hop.ts';
import { viaAfter } from './request-headers.ts';

/** The headers that the client gets for a machine's. */
export function headersToClient(
  headers: IncomingHttpHeaders,
  requestId: string,
): OutgoingHttpHeaders {
  const passed: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers))
    if (!isHopByHop(name, headers.connection) && !name.startsWith('fly-replay'))
      passed[name] = value;
  passed['server'] = 'Fly/local';
  passed['via'] = viaAfter(headers.via);
  passed['fly-request-id'] = requestId;
  return passed;
}
