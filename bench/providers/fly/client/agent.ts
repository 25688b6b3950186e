import type { request } from 'undici';
import type { FlyAccess } from './access.ts';
import { isLoopback } from './loopback.ts';

// Loaded when needed: it takes as long as all the rest of the command.
const http = () => import('undici');

const connectMs = 10_000;

/** One exchange over the host's connections. */
type Request = (
  url: string | URL,
  options: Omit<NonNullable<Parameters<typeof request>[1]>, 'dispatcher'>,
) => ReturnType<typeof request>;

/** A host that is only connected to when something is asked of it. */
export interface Host {
  ready(): Promise<Request>;
  close(): Promise<void>;
}

/** Connections to a host of Fly's, through the proxies that are named unless it is this machine. */
export function openHost(baseUrl: string, proxies: FlyAccess['proxies'] = {}): Host {
  let agent: ReturnType<typeof agentFor> | undefined;
  return {
    ready: async () => {
      const { request } = await http();
      const dispatcher = await (agent ??= agentFor(baseUrl, proxies));
      return (url, options) => request(url, { ...options, dispatcher });
    },
    close: async () => {
      await (await agent)?.destroy();
    },
  };
}

async function agentFor(baseUrl: string, proxies: NonNullable<FlyAccess['proxies']>) {
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
