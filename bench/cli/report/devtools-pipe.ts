import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { BenchError } from '../../base/errors.ts';

/** A session of the Chrome DevTools Protocol with one page. */
export interface Devtools {
  send(method: string, params?: object, sessionId?: string): Promise<Answer>;
  /** The next event of that name. */
  event(method: string): Promise<void>;
}

export type Answer = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}

/**
 * Talks to a browser that was started with `--remote-debugging-pipe`: JSON messages, each ended by a zero byte, written
 * to its file 3 and read from its file 4. All that waits is rejected when the browser ends.
 */
export function devtoolsOf(child: ChildProcess): Devtools {
  const [, , , toBrowser, fromBrowser] = child.stdio as unknown as [
    ...[unknown, unknown, unknown, Writable, Readable],
  ];
  const answers = new Map<number, (message: Message) => void>();
  const events = new Map<string, () => void>();
  const ended = new Promise<never>((_, reject) => {
    const fail = (why: string) => {
      reject(new BenchError('fault', `The browser ended before the picture was there${why}.`, fix));
    };
    child.once('error', (error) => {
      fail(`: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      fail(` (${String(code ?? signal)})`);
    });
  });
  // Nobody may be waiting at that moment.
  ended.catch(() => undefined);
  for (const pipe of [toBrowser, fromBrowser]) pipe.on('error', () => undefined);
  readMessages(fromBrowser, (message) => {
    if (message.id !== undefined) answers.get(message.id)?.(message);
    else if (message.method !== undefined) events.get(message.method)?.();
  });
  let lastId = 0;
  return {
    send: async (method, params = {}, sessionId) => {
      const id = ++lastId;
      const answer = new Promise<Message>((resolve) => answers.set(id, resolve));
      const own = sessionId === undefined ? {} : { sessionId };
      toBrowser.write(`${JSON.stringify({ id, method, params, ...own })}\0`);
      const { result, error } = await Promise.race([answer, ended]);
      answers.delete(id);
      if (error !== undefined)
        throw new BenchError('fault', `The browser refused ${method}: ${error.message}.`, fix);
      return result ?? {};
    },
    event: (method) =>
      Promise.race([new Promise<void>((resolve) => events.set(method, resolve)), ended]),
  };
}

const fix = 'Name another browser with BENCH_BROWSER=/path/to/it, or open the page itself.';

function readMessages(stream: Readable, take: (message: Message) => void): void {
  let held = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const parts = (held + text).split('\0');
    held = parts.pop() ?? '';
    for (const part of parts) take(JSON.parse(part) as Message);
  });
}
