import { once } from 'node:events';
import * as http from 'node:http';
import * as http2 from 'node:http2';
import * as https from 'node:https';
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import type { Millis } from '../../base/units.ts';
import { k6Version } from '../../k6/install/version.ts';

/** One answer as it came. */
export interface Answer {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** From the sending of the request to the headers of the answer itself, with the opening of a connection. */
  readonly headersMs: Millis;
  /** To the end of the body, or until it was no longer awaited. */
  readonly wholeMs: Millis;
  /** Whether the body came to its end: it may go on for ever, or break off. */
  readonly body: 'ended' | 'endless' | 'broken';
  /** The informational answer (103, 100) that came first. */
  readonly hint?: { readonly status: number; readonly ms: Millis };
}

/** What is trusted. */
export interface Trust {
  readonly ca: readonly string[];
  /** Any certificate will do. */
  readonly insecure: boolean;
}

/** A stream that has no end is no longer read then. */
const bodyLimitMs = 1000;
/** As much as Go lets k6 read. */
const maxHeaderSize = 10 * 1024 * 1024;

/** Sends GET requests as k6 will, over HTTP/2 where the server can, and keeps its connections open. */
export class Asker {
  private readonly agents: readonly [http.Agent, https.Agent];
  private readonly sessions = new Map<string, Promise<http2.ClientHttp2Session | undefined>>();
  private readonly options: tls.ConnectionOptions;

  constructor({ ca, insecure }: Trust) {
    this.options = { ca: [...ca], rejectUnauthorized: !insecure };
    const keep = { keepAlive: true, maxSockets: 1 };
    this.agents = [new http.Agent(keep), new https.Agent({ ...keep, ...this.options })];
  }

  /** Throws as Node does, or the reason of the signal. */
  async ask(url: string, cookies: string | undefined, signal: AbortSignal): Promise<Answer> {
    const to = new URL(url);
    const headers = {
      // Some let only those through, or not, whom they know.
      'user-agent': `Grafana k6/${k6Version}`,
      ...(cookies === undefined ? {} : { cookie: cookies }),
    };
    signal.throwIfAborted();
    const session = to.protocol === 'https:' ? await this.session(to, signal) : undefined;
    return session === undefined
      ? this.askOnce(to, headers, signal)
      : askMultiplexed(session, to, headers, signal);
  }

  async close(): Promise<void> {
    for (const agent of this.agents) agent.destroy();
    for (const session of this.sessions.values())
      await session.then(
        (open) => open?.destroy(),
        () => undefined,
      );
  }

  /** Undefined where the server has no HTTP/2. */
  private session(to: URL, signal: AbortSignal): Promise<http2.ClientHttp2Session | undefined> {
    const known = this.sessions.get(to.origin);
    if (known !== undefined) return known;
    const opening = openSession(to, this.options, signal);
    this.sessions.set(to.origin, opening);
    return opening;
  }

  private askOnce(
    to: URL,
    headers: http.OutgoingHttpHeaders,
    signal: AbortSignal,
  ): Promise<Answer> {
    const [plain, secure] = this.agents;
    const common = { headers, signal, maxHeaderSize, insecureHTTPParser: true };
    const clock = startClock();
    return new Promise((resolve, reject) => {
      const request =
        to.protocol === 'https:'
          ? https.request(to, { ...common, agent: secure })
          : http.request(to, { ...common, agent: plain });
      request.on('error', reject);
      request.on('continue', () => {
        clock.hint(100);
      });
      request.on('information', ({ statusCode }) => {
        clock.hint(statusCode);
      });
      request.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(clock.answer(response.statusCode ?? 0, response.headers, 'endless'));
      });
      request.on('response', (response) => {
        clock.headers();
        void bodyOf(response, () => response.destroy()).then((body) => {
          resolve(clock.answer(response.statusCode ?? 0, response.headers, body));
        });
      });
      request.end();
    });
  }
}

async function openSession(
  to: URL,
  options: tls.ConnectionOptions,
  signal: AbortSignal,
): Promise<http2.ClientHttp2Session | undefined> {
  const host = to.hostname.replace(/^\[|\]$/g, '');
  const socket = tls.connect({
    ...options,
    ...{ host, port: Number(to.port || 443), ALPNProtocols: ['h2', 'http/1.1'] },
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
  const giveUp = () => socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await once(socket, 'secureConnect');
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  if (socket.alpnProtocol !== 'h2') {
    socket.destroy();
    return undefined;
  }
  const session = http2.connect(to.origin, { createConnection: () => socket });
  // Each request has its own error too.
  session.on('error', () => undefined);
  return session;
}

function askMultiplexed(
  session: http2.ClientHttp2Session,
  to: URL,
  headers: http.OutgoingHttpHeaders,
  signal: AbortSignal,
): Promise<Answer> {
  const clock = startClock();
  return new Promise((resolve, reject) => {
    const stream = session.request({ ...headers, ':path': to.pathname + to.search }, { signal });
    stream.on('error', reject);
    stream.on('continue', () => {
      clock.hint(100);
    });
    stream.on('headers', (early) => {
      clock.hint(Number(early[':status']));
    });
    stream.on('response', (received) => {
      clock.headers();
      void bodyOf(stream, () => {
        stream.close(http2.constants.NGHTTP2_CANCEL);
      }).then((body) => {
        resolve(clock.answer(Number(received[':status']), received, body));
      });
    });
    stream.end();
  });
}

/** Reads a body away; stops one that goes on. */
function bodyOf(body: NodeJS.ReadableStream, stop: () => void): Promise<Answer['body']> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      resolve('endless');
      stop();
    }, bodyLimitMs);
    const over = (how: Answer['body']) => () => {
      clearTimeout(limit);
      resolve(how);
    };
    body.on('end', over('ended')).on('error', over('broken')).on('close', over('broken'));
    body.resume();
  });
}

function startClock() {
  const from = performance.now();
  let hint: Answer['hint'];
  let headersMs: Millis | undefined;
  const now = () => performance.now() - from;
  return {
    hint: (status: number) => {
      hint ??= { status, ms: now() };
    },
    headers: () => {
      headersMs = now();
    },
    answer: (status: number, headers: Answer['headers'], body: Answer['body']): Answer => ({
      ...{ status, headers, body, headersMs: headersMs ?? now(), wholeMs: now() },
      ...(hint === undefined ? {} : { hint }),
    }),
  };
}
