import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { messageOf } from '../../../../base/errors.ts';
import { Answer } from './answer.ts';
import { NotOpened } from './backends.ts';
import { readReplayHeader } from './replay-header.ts';
import { readReplayJson, replayContentType } from './replay-json.ts';
import type { Reading, Replay } from './replay.ts';

/** What became of handing a request to one machine. */
export type Outcome =
  /** The client has its answer, or is gone. */
  | { readonly kind: 'done' }
  | { readonly kind: 'replay'; readonly replay: Reading<Replay> }
  /** Nothing reached the machine. */
  | { readonly kind: 'not-opened'; readonly why: string }
  /** The connection broke before an answer: the machine may have done what was asked. */
  | { readonly kind: 'lost'; readonly why: string };

/** A replay is a few words; more than this is something else. */
const replayBodyLimit = 64 * 1024;

/** Hands a request to a machine and streams its answer to the client, unless the answer is a replay. */
export function attempt(
  pool: Pool,
  request: Dispatcher.DispatchOptions,
  response: ServerResponse,
  requestId: string,
): Promise<Outcome> {
  return new Promise((resolve) => {
    pool.dispatch(request, new Handler(response, requestId, resolve));
  });
}

class Handler implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;
  readonly #requestId: string;
  readonly #resolve: (outcome: Outcome) => void;
  #answer: Answer | undefined;
  /** The body of a replay in JSON. */
  #json: Buffer[] | undefined;
  #jsonBytes = 0;
  #abort: (() => void) | undefined;

  constructor(response: ServerResponse, requestId: string, resolve: (outcome: Outcome) => void) {
    this.#response = response;
    this.#requestId = requestId;
    this.#resolve = resolve;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#abort = () => {
      controller.abort(new Error('the client is gone'));
    };
    if (this.#response.destroyed) this.#abort();
    else this.#response.once('close', this.#abort);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    statusText?: string,
  ): void {
    if (status < 200) {
      this.#hint(status, headers);
      return;
    }
    const replay = headers['fly-replay'];
    if (replay !== undefined) this.#finish({ kind: 'replay', replay: readReplayHeader(replay) });
    else if (headers['content-type']?.startsWith(replayContentType) === true) this.#json = [];
    else {
      this.#answer = new Answer(this.#response, controller);
      this.#answer.start(status, statusText, headers, this.#requestId);
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#answer !== undefined) this.#answer.data(chunk);
    else if (this.#json !== undefined) {
      this.#jsonBytes += chunk.length;
      if (this.#jsonBytes > replayBodyLimit) controller.abort(new Error('the replay is too long'));
      else this.#json.push(chunk);
    }
  }

  onResponseEnd(): void {
    this.#answer?.end();
    if (this.#json === undefined) this.#finish({ kind: 'done' });
    else
      this.#finish({
        kind: 'replay',
        replay: readReplayJson(Buffer.concat(this.#json).toString()),
      });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#answer?.breakOff();
    if (this.#answer !== undefined || this.#response.destroyed) this.#finish({ kind: 'done' });
    else if (this.#json !== undefined)
      this.#finish({ kind: 'replay', replay: { ok: false, reason: messageOf(error) } });
    else if (error instanceof NotOpened) this.#finish({ kind: 'not-opened', why: error.message });
    else this.#finish({ kind: 'lost', why: error.message });
  }

  #hint(status: number, headers: IncomingHttpHeaders): void {
    const { link } = headers;
    if (status === 103 && link !== undefined) this.#response.writeEarlyHints({ link });
  }

  /** Only the first outcome counts: the rest of a replaying response is read and dropped after it. */
  #finish(outcome: Outcome): void {
    if (this.#abort !== undefined) this.#response.off('close', this.#abort);
    this.#resolve(outcome);
  }
}
