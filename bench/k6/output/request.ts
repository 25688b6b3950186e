import type { UnixMicros } from '../../base/units.ts';
import type { Draft } from './held.ts';
import { requestParts } from './metrics.ts';
import { Prefix } from './prefix.ts';
import type { Tags } from './tags.ts';

/** Of a Unix time in nanoseconds and a comma. */
const TIME_BYTES = 20;

const part = (name: (typeof requestParts)[number]): number => requestParts.indexOf(name);
const BLOCKED = part('http_req_blocked');
const CONNECTING = part('http_req_connecting');
const TLS = part('http_req_tls_handshaking');
const SENDING = part('http_req_sending');
const WAITING = part('http_req_waiting');
const RECEIVING = part('http_req_receiving');
const FAILED = part('http_req_failed');

/** Without one of these a request is not used; a missing one is never guessed. */
const needed = [BLOCKED, CONNECTING, TLS, SENDING, WAITING, RECEIVING];

/** The rows of one request while they come in; reused for every request. */
export class OpenRequest {
  isOpen = false;
  atUs: UnixMicros = 0;
  status = 0;
  errorCode = 0;
  tags: Tags | undefined;
  readonly origin = { vu: NaN, iter: NaN };
  private readonly values = new Float64Array(requestParts.length);

  /** The time as written and the comma after it. */
  readonly writtenTime = new Prefix(TIME_BYTES);

  /** The caller fills in everything that all rows of the request share. */
  open(atUs: UnixMicros): void {
    this.isOpen = true;
    this.atUs = atUs;
    this.values.fill(NaN);
  }

  /** True if this row can't be of the open request: k6 writes `http_reqs` first, one time for all, no part twice. */
  endsBefore(part: number, atUs: UnixMicros): boolean {
    return atUs !== this.atUs || !this.lacks(part);
  }

  lacks(part: number): boolean {
    return part !== 0 && Number.isNaN(this.values[part]);
  }

  set(part: number, value: number): void {
    this.values[part] = value;
  }

  /** Sent by a script's setup or teardown, where no block is measured: none of its tags names one. */
  get isOutside(): boolean {
    const all = this.tags?.all;
    return all?.['bench_target'] === undefined && all?.['target'] === undefined;
  }

  /** Undefined if a row is missing or it belongs to no block. */
  toDraft(vantage: string): Draft | undefined {
    const block = this.tags?.block;
    if (block === undefined || needed.some((part) => Number.isNaN(this.values[part])))
      return undefined;
    if (Number.isNaN(this.status) || Number.isNaN(this.errorCode)) return undefined;
    return {
      vantage,
      target: block.target,
      scenario: block.scenario,
      round: block.round,
      step: this.tags?.step ?? '',
      atUs: this.atUs,
      blockedMs: this.value(BLOCKED),
      connectingMs: this.value(CONNECTING),
      tlsMs: this.value(TLS),
      sendingMs: this.value(SENDING),
      waitingMs: this.value(WAITING),
      receivingMs: this.value(RECEIVING),
      status: this.status,
      errorCode: this.errorCode,
      failed: this.hasFailed(),
    };
  }

  private value(part: number): number {
    return this.values[part] ?? NaN;
  }

  /** A script may switch `http_req_failed` off; k6's own rule then is that failed requests have an error code. */
  private hasFailed(): boolean {
    const failed = this.value(FAILED);
    return Number.isNaN(failed) ? this.errorCode !== 0 : failed !== 0;
  }
}
