import { certificateFault } from './certificate-fault.ts';

// Loaded when needed: it takes as long as all the rest of the command.
const http = () => import('undici');

/** What one request to a URL showed. */
export type Look =
  | { readonly seen: 'private' }
  | { readonly seen: 'answer'; readonly status: number }
  /** `to` is absolute. */
  | { readonly seen: 'redirect'; readonly to: string }
  | { readonly seen: 'bad-certificate'; readonly why: string }
  | {
      readonly seen: 'nothing';
      readonly because: 'name' | 'refused' | 'slow' | 'other';
      readonly why: string;
    };

const defaultLimitMs = 10_000;

/** One GET, as a visitor would send it, no redirect followed. Throws only if the signal is aborted. */
export async function lookAt(
  url: string,
  signal: AbortSignal,
  limitMs: number = defaultLimitMs,
): Promise<Look> {
  if (/\.(internal|flycast)$/.test(new URL(url).hostname)) return { seen: 'private' };
  const { Agent, request } = await http();
  const timeout = AbortSignal.timeout(limitMs);
  const agent = new Agent({ connect: { timeout: limitMs } });
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher: agent,
      signal: AbortSignal.any([signal, timeout]),
      headers: { 'user-agent': 'global-latency-bench' },
    });
    // What it says does not matter; the agent ends the connection.
    body.on('error', () => undefined);
    const to = [headers['location']].flat()[0];
    const isRedirect = statusCode >= 300 && statusCode < 400 && to !== undefined;
    return isRedirect && URL.canParse(to, url)
      ? { seen: 'redirect', to: new URL(to, url).href }
      : { seen: 'answer', status: statusCode };
  } catch (error) {
    signal.throwIfAborted();
    return lookOf(error, timeout.aborted, limitMs);
  } finally {
    await agent.destroy();
  }
}

function lookOf(error: unknown, timedOut: boolean, limitMs: number): Look {
  const slow = `no answer within ${limitMs / 1000} s`;
  if (timedOut) return { seen: 'nothing', because: 'slow', why: slow };
  const fault = certificateFault(error);
  if (fault !== undefined) return { seen: 'bad-certificate', why: fault };
  const { code = '', message = '' } = error as { code?: string; message?: string };
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { seen: 'nothing', because: 'name', why: 'nobody knows the name' };
    case 'ECONNREFUSED':
      return { seen: 'nothing', because: 'refused', why: 'nothing listens there' };
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return { seen: 'nothing', because: 'slow', why: slow };
    default:
      return { seen: 'nothing', because: 'other', why: message === '' ? code : message };
  }
}
