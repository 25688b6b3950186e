import type { Row } from './row.ts';

/** The rows that k6 writes for every request, always together and with one time. */
export const requestParts = [
  'http_reqs',
  'http_req_duration',
  'http_req_blocked',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_sending',
  'http_req_waiting',
  'http_req_receiving',
  'http_req_failed',
] as const;

/** What a scenario says of the answer it just got, in its script's metrics, and where that belongs in a sample. */
const facts = {
  server_app_ms: 'appMs',
  server_db_ms: 'dbMs',
  server_db_queries: 'dbQueries',
} as const;

/** k6's own accounts; nobody uses them, and they are a third of all rows. */
const bookkeeping = [
  'data_sent',
  'data_received',
  'iteration_duration',
  'iterations',
  'vus',
  'vus_max',
];

/** What a row is, by its metric. */
export type Metric =
  | { readonly kind: 'request'; readonly part: number }
  | {
      readonly kind: 'fact';
      readonly name: string;
      readonly fact: (typeof facts)[keyof typeof facts];
    }
  | { readonly kind: 'bookkeeping' }
  | { readonly kind: 'extra'; readonly name: string };

interface Known {
  readonly metric: Metric;
  readonly spelling: Buffer;
}

const SLOTS = 1024;

/** Finds a metric by the bytes of its name, without making a string of it. */
export class Metrics {
  private readonly slots: (Known | undefined)[] = new Array<Known | undefined>(SLOTS).fill(
    undefined,
  );

  of(row: Row, field: number): Metric {
    const from = row.starts[field] ?? 0;
    const to = row.ends[field] ?? 0;
    const slot = slotOf(row.bytes, from, to);
    const known = this.slots[slot];
    if (known !== undefined && isSpelled(known.spelling, row.bytes, from, to)) return known.metric;
    const name = row.text(field);
    // Two names of one slot take turns; that is slow, not wrong.
    this.slots[slot] = { metric: classify(name), spelling: Buffer.from(name) };
    return classify(name);
  }
}

export function classify(name: string): Metric {
  const part = (requestParts as readonly string[]).indexOf(name);
  if (part !== -1) return { kind: 'request', part };
  if (Object.hasOwn(facts, name))
    return { kind: 'fact', name, fact: facts[name as keyof typeof facts] };
  return bookkeeping.includes(name) ? { kind: 'bookkeeping' } : { kind: 'extra', name };
}

function slotOf(bytes: Buffer, from: number, to: number): number {
  let hash = 0;
  for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  return (hash ^ (hash >>> 10)) & (SLOTS - 1);
}

function isSpelled(spelling: Buffer, bytes: Buffer, from: number, to: number): boolean {
  if (spelling.length !== to - from) return false;
  for (let i = 0; i < spelling.length; i++) if (spelling[i] !== bytes[from + i]) return false;
  return true;
}
