import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/**
 * A request's body, passed on as it comes and remembered up to a limit, so that it can be sent again. What is larger
 * than the limit flows through with back-pressure and can be sent only once.
 */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #limit: number;
  #kept: Buffer[] = [];
  #size = 0;
  #complete: boolean;
  #forgotten = false;
  /** Someone has begun to read: until then nothing may be forgotten. */
  #read = false;
  #reader: Readable | undefined;
  #settle: () => void = () => undefined;
  /** Resolves once the body is known whole, or known to be too large, or broken off. */
  readonly settled: Promise<void>;

  /** `limit` in bytes. */
  constructor(request: IncomingMessage, limit: number) {
    this.#request = request;
    this.#limit = Number(request.headers['content-length'] ?? 0) > limit ? 0 : limit;
    this.#complete = !hasBody(request);
    this.settled = new Promise((resolve) => (this.#settle = resolve));
    if (this.#complete) this.#settle();
    else this.#listen();
  }

  /** False: it was larger than the limit and is gone. */
  get repeatable(): boolean {
    return !this.#forgotten;
  }

  /** The body from its beginning, for one try; null if there is none. Only while `repeatable`. */
  open(): Buffer | Readable | null {
    this.#reader = undefined;
    if (!this.#complete) return this.#stream();
    return this.#size === 0 ? null : Buffer.concat(this.#kept);
  }

  /** Nobody needs the rest: lets the connection go on to its next request. */
  drop(): void {
    this.#reader = undefined;
    this.#forget();
    this.#request.resume();
  }

  #listen(): void {
    this.#request.on('data', (chunk: Buffer) => {
      this.#take(chunk);
    });
    this.#request.on('end', () => {
      this.#complete = true;
      this.#reader?.push(null);
      this.#settle();
    });
    this.#request.on('error', (error) => this.#reader?.destroy(error));
    this.#request.on('close', () => {
      this.#settle();
    });
  }

  #take(chunk: Buffer): void {
    this.#size += chunk.length;
    if (!this.#forgotten) this.#kept.push(chunk);
    const wantsMore = this.#reader?.push(chunk) ?? true;
    if (this.#size <= this.#limit) return;
    if (this.#read) this.#forget();
    if (!this.#read || !wantsMore) this.#request.pause();
  }

  #stream(): Readable {
    const reader: Readable = new Readable({
      read: () => {
        if (this.#reader !== reader) this.#begin(reader);
        this.#request.resume();
      },
      destroy: (error, done) => {
        if (this.#reader === reader) this.#leave();
        done(error);
      },
    });
    return reader;
  }

  #begin(reader: Readable): void {
    this.#read = true;
    this.#reader = reader;
    for (const chunk of this.#kept) reader.push(chunk);
    if (this.#complete) reader.push(null);
    if (this.#size > this.#limit) this.#forget();
  }

  /** The reader is gone; what still comes is remembered for the next one. */
  #leave(): void {
    this.#reader = undefined;
    this.#request.resume();
  }

  #forget(): void {
    this.#forgotten = true;
    this.#kept = [];
    this.#settle();
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
