import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../base/errors.ts';
import type { K6Options } from './options.ts';

// Loaded when needed: it takes as long as all the rest of the command.
const http = () => import('undici');

/** Something could not be fetched; the reason is for a person. The next way to get k6 may still work. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

type Progress = (doneBytes: number, totalBytes?: number) => void;

/**
 * Streams a URL into a file; its SHA-256 in hex. Rejects with Unreachable for whatever the network does, within the
 * limits of the options, and with the signal's reason if it is aborted.
 */
export async function download(
  url: string,
  file: string,
  options: K6Options,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  const { request } = await http();
  const agent = await agentFor(options);
  const watchdog = watch(options.limits.stallMs);
  const stop = AbortSignal.any([
    signal,
    watchdog.signal,
    AbortSignal.timeout(options.limits.totalMs),
  ]);
  try {
    const { statusCode, headers, body } = await request(url, { dispatcher: agent, signal: stop });
    if (statusCode !== 200) throw new Error(`HTTP ${String(statusCode)}`);
    const total = Number(headers['content-length']) || undefined;
    let done = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        watchdog.feed();
        hash.update(chunk);
        done += chunk.length;
        progress(done, total);
        next(null, chunk);
      },
    });
    await pipeline(body, count, createWriteStream(file), { signal: stop });
    return hash.digest('hex');
  } catch (error) {
    signal.throwIfAborted();
    throw new Unreachable(`${url}: ${reasonOf(error, watchdog.signal)}`, { cause: error });
  } finally {
    watchdog.end();
    await agent.destroy();
  }
}

/** Proxies as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say; GitHub sends on to another host. */
async function agentFor({ env, limits }: K6Options) {
  const { EnvHttpProxyAgent, interceptors } = await http();
  const proxy = (name: string): string | undefined => env[name.toLowerCase()] ?? env[name];
  const [httpProxy, httpsProxy] = [proxy('HTTP_PROXY'), proxy('HTTPS_PROXY')];
  return new EnvHttpProxyAgent({
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    noProxy: proxy('NO_PROXY') ?? '',
    connect: { timeout: limits.connectMs },
  }).compose(interceptors.redirect({ maxRedirections: 5 }));
}

/** Aborts unless fed in time: covers name look-up, connecting, and a host that stops sending. */
function watch(limit: number) {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error(`no answer for ${String(limit / 1000)} s`));
  }, limit);
  return {
    signal: controller.signal,
    feed: () => timer.refresh(),
    end: () => {
      clearTimeout(timer);
    },
  };
}

function reasonOf(error: unknown, watchdog: AbortSignal): string {
  if (watchdog.aborted) return messageOf(watchdog.reason);
  return messageOf(error);
}
