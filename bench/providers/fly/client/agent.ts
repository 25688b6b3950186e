import type { FlyAccess } from './access.ts';
import { isLoopback } from './loopback.ts';

// Loaded when needed: it takes as long as all the rest of the command.
const http = () => import('undici');

const connectMs = 10_000;

/** Connections to a host of Fly's, through the proxies that are named unless it is this machine. */
export async function agentFor(baseUrl: string, proxies: FlyAccess['proxies'] = {}) {
  const { EnvHttpProxyAgent } = await http();
  const named = isLoopback(baseUrl) ? {} : proxies;
  const { HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy, NO_PROXY: noProxy } = named;
  return new EnvHttpProxyAgent({
    // Empty: none, whatever the process's own environment says.
    httpProxy: httpProxy ?? '',
    httpsProxy: httpsProxy ?? '',
    noProxy: noProxy ?? '',
    connect: { timeout: connectMs },
    // The one limit is that of the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
