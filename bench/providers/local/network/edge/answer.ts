import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { headersToClient } from './response-headers.ts';

/** Streams a machine's response to the client, each piece at once, no faster than the client reads. */
export class Answer {
  readonly #response: ServerResponse;
  readonly #controller: Dispatcher.DispatchController;

  constructor(response: ServerResponse, controller: Dispatcher.DispatchController) {
    this.#response = response;
    this.#controller = controller;
    response.on('drain', () => {
      controller.resume();
    });
  }

  start(
    status: number,
    statusText: string | undefined,
    headers: IncomingHttpHeaders,
    requestId: string,
  ): void {
    this.#response.writeHead(status, statusText, headersToClient(headers, requestId));
    // With the first piece of the body if that has come too; otherwise alone.
    process.nextTick(() => {
      if (!this.#response.writableEnded) this.#response.flushHeaders();
    });
  }

  data(chunk: Buffer): void {
    if (!this.#response.write(chunk)) this.#controller.pause();
  }

  end(): void {
    this.#response.end();
  }

  /** The machine broke off: so that the client doesn't take what it has for all. */
  breakOff(): void {
    this.#response.destroy();
  }
}
