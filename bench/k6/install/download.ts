import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../base/errors.ts';
import type { K6Options } from './options.ts';
import { isHttps } from './places.ts';

// Loaded when needed: it takes as long as all the rest of the command.
const http = () => import('undici');

/** Something could not be fetched; the reason is for a person. The next way to get k6 may still work. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Several times what k6's archives have. */
const mostBytes = 256 * 1024 ** 2;
const mostHops = 5;

type Progress = (doneBytes: number, totalBytes?: number) => void;

/**
 * Streams an https URL into a new file; its SHA-256 in hex. Rejects with Unreachable for whatever the network does, within the
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
    const answer = await follow(url, (each) => request(each, { dispatcher: agent, signal: stop }));
    const { statusCode, headers, body } = answer;
    if (statusCode !== 200) throw new Error(`HTTP ${String(statusCode)}`);
    const total = Number(headers['content-length']) || undefined;
    let done = 0;
    const count = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        watchdog.feed();
        hash.update(chunk);
        done += chunk.length;
        if (done > mostBytes) throw new Error(`it is larger than any k6 (${mostBytes} bytes)`);
        progress(done, total);
        next(null, chunk);
      },
    });
    await pipeline(body, count, createWriteStream(file, { flags: 'wx' }), { signal: stop });
    return hash.digest('hex');
  } catch (error) {
    signal.throwIfAborted();
    throw new Unreachable(`${url}: ${reasonOf(error, watchdog.signal)}`, { cause: error });
  } finally {
    watchdog.end();
    await agent.destroy();
  }
}

type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof http>>['request']>>;

/** Where it leads to; GitHub sends on to another host. Throws if any part of the way is not https. */
async function follow(url: string, ask: (url: string) => Promise<Answer>): Promise<Answer> {
  let at = url;
  for (let hops = 0; hops <= mostHops; hops++) {
    if (!isHttps(at)) throw new Error(`it leads to ${at}, which is not https`);
    const answer = await ask(at);
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(answer.statusCode) || typeof location !== 'string')
      return answer;
    await answer.body.dump();
    if (!URL.canParse(location, at)) throw new Error('it leads to no address');
    at = new URL(location, at).href;
  }
  throw new Error('it leads on and on');
}

/** Proxies as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say. */
async function agentFor({ env, limits, ca }: K6Options) {
  const { EnvHttpProxyAgent } = await http();
  const proxy = (name: string): string | undefined => env[name.toLowerCase()] ?? env[name];
  const [httpProxy, httpsProxy] = [proxy('HTTP_PROXY'), proxy('HTTPS_PROXY')];
  const trusting = ca === undefined ? {} : { ca };
  return new EnvHttpProxyAgent({
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    noProxy: proxy('NO_PROXY') ?? '',
    connect: { timeout: limits.connectMs, ...trusting },
    requestTls: trusting,
  });
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
